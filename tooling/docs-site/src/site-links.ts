import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { root } from './root.js';

/** Matches a link to a place outside the repository or within the same page. */
const elsewhere = /^(?:[a-z]+:|#|\/)/;

/** The target of a page's relative link. */
export type Target =
  | { readonly page: string; readonly anchor: string }
  /** A file in the repository that is not a page. */
  | { readonly file: string };

/**
 * Resolves a relative link by the paths in the repository. Returns undefined for a link that is not a relative path.
 * @param source the page with the link, relative to the repository's folder
 * @throws Error if the target does not exist
 */
export function targetOf(source: string, href: string, pages: ReadonlyMap<string, string>): Target | undefined {
  if (elsewhere.test(href)) return undefined;
  const [path, anchor] = href.split('#') as [string, string?];
  const target = posix.join(posix.dirname(source), decodeURI(path)).replace(/\/$/, '');
  const page = pages.get(target) ?? pages.get(`${target}/README.md`);
  if (page) return { page: page.replace(/(?:^|(?<=\/))index\.md$|\.md$/, ''), anchor: anchor ? `#${anchor}` : '' };
  if (!existsSync(`${root}/${target}`)) throw new Error(`${source} links to ${href}, which does not exist`);
  return { file: target };
}

/** A file's name on the site. Source files get `.txt` appended, because a server may not know their type. */
export const fileName = (file: string) => (/\.(?:html|md|json|csv|png|svg|txt)$/.test(file) ? file : `${file}.txt`);

/**
 * Turns links between the repository's files into links between the site's pages. Links to files that are not pages point to copies
 * of them. Links to folders become plain text.
 */
export function siteLinks(md: MarkdownRenderer, pages: ReadonlyMap<string, string>, base: string): void {
  md.core.ruler.push('site-links', ({ tokens, env }) => {
    const source = posix.relative(root, env.realPath ?? env.path);
    for (const { children } of tokens) {
      for (const token of children ?? []) {
        const target = token.type === 'link_open' ? targetOf(source, String(token.attrGet('href')), pages) : undefined;
        if (target && 'page' in target) token.attrSet('href', `/${target.page}${target.anchor}`);
        if (target && 'file' in target) {
          if (statSync(`${root}/${target.file}`).isDirectory()) token.attrs = [['class', 'folder']];
          else
            token.attrs = [
              ['href', `${base}files/${fileName(target.file)}`],
              ['target', '_blank'],
            ];
        }
      }
    }
  });
}
