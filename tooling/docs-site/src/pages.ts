import { globSync } from 'tinyglobby';
import { root } from './root.js';

/** Where each kind of page comes from, and its path on the site. */
const rules: readonly (readonly [source: RegExp, page: string])[] = [
  [/^tooling\/docs-site\/index\.md$/, 'index.md'],
  [/^README\.md$/, 'start.md'],
  [/^CONTRIBUTING\.md$/, 'contributing.md'],
  [/^docs\/(.*)README\.md$/, '$1index.md'],
  [/^docs\/(.*\.md)$/, '$1'],
  [/^packages\/([^/]+)\/README\.md$/, 'packages/$1.md'],
  [/^(examples\/.*|tooling\/benchmarks)\/README\.md$/, '$1.md'],
  [/^tooling\/docs-site\/generated\/(api\/.*\.md)$/, '$1'],
];

/** The Markdown files that become pages, each with its page's path: `docs/ckd.md` -> `ckd.md`. No file is copied. */
export function pages(): Map<string, string> {
  const found = new Map<string, string>();
  for (const source of markdown()) {
    const rule = rules.find(([pattern]) => pattern.test(source));
    if (rule) found.set(source, source.replace(...rule));
  }
  return found;
}

/** The rest of the repository's Markdown files, which the site leaves out. */
export function notPages(): string[] {
  const shown = pages();
  return markdown().filter((source) => !shown.has(source));
}

function markdown(): string[] {
  const ignore = ['**/node_modules/**', '**/dist/**', 'data/**', 'runs/**'];
  return globSync('**/*.md', { cwd: root, ignore }).sort();
}
