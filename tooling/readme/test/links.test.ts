import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { documents, root } from '../src/documents.js';
import { anchors, linkTargets } from '../src/markdown.js';

const all = documents();
const anchorsOf = new Map(all.map(({ path, text }) => [path, anchors(text)]));

/** What is wrong with a link, or undefined. */
function fault(path: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return isWebAddress(target) ? undefined : `${target}: not a web address`;
  const [file, anchor] = target.split('#') as [string, string?];
  const there = file === '' ? path : posix.join(posix.dirname(path), file).replace(/\/$/, '');
  if (!existsSync(`${root}/${there}`)) return `${target}: no such file`;
  if (anchor === undefined) return undefined;
  const page = anchorsOf.get(there) ?? anchorsOf.get(`${there}/README.md`);
  return page?.has(anchor) ? undefined : `${target}: no such heading`;
}

/** Tests have no network, so only the address itself is checked. */
function isWebAddress(target: string): boolean {
  return URL.canParse(target) && ['https:', 'http:'].includes(new URL(target).protocol);
}

test('finds links in the documentation', () => {
  expect(all.flatMap(({ text }) => linkTargets(text)).length).toBeGreaterThan(100);
});

test.each(all)('$path links only to existing files and headings', ({ path, text }) => {
  expect(linkTargets(text).flatMap((target) => fault(path, target) ?? [])).toEqual([]);
});
