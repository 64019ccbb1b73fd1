import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';
import { root } from './root.js';

/** A link to something outside the repository, or within the page. */
const elsewhere = /^(?:[a-z]+:|#|\/)/;

/** What a relative link of a page leads to. */
export type Target =
  | { readonly page: string; readonly anchor: string }
  /** A file of the repository that is no page. */
  | { readonly file: string };

/**
 * Where a relative link leads, by the paths of the repository; undefined where it leads out of it.
 * @param source the page with the link, from the repository's folder
 * @throws Error if there is nothing
 */
export function targetOf(source: string, href: string, pages: ReadonlyMap<string, string>): Target | undefined {
  if (elsewhere.test(href)) return undefined;
  const [path, anchor] = href.split('#') as [string, string?];
  const target = posix.join(posix.dirname(source), decodeURI(path)).replace(/\/$/, '');
  const page = pages.get(target) ?? pages.get(`${target}/README.md`);
  if (page) return { page: page.replace(/(?:^|(?<=\/))index\.md$|\.md$/, ''), anchor: anchor ? `#${anchor}` : '' };
  if (!existsSync(`${root}/${target}`)) throw new Error(`${source} links to ${href}, which is not there`);
  return { file: target };
}

/** What a file is called on the site: a server that does not know a source file's type shows it as text. */
export const fileName = (file: string) => (/\.(?:html|md|json|csv|png|svg|txt)$/.test(file) ? file : `${file}.txt`);

/**
 * Makes links between the repository's files links between the site's pages. Links to files that are no pages lead to copies of
 * them; what is a folder is shown without a link.
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
