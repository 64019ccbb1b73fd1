import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pages } from '../src/pages.js';
import { root, site } from '../src/root.js';
import { builtBlocks } from './built-blocks.js';
import { sourceBlocks, squeezed } from './source-blocks.js';

const built = existsSync(`${site}/dist/404.html`);
if (!built) console.warn('SKIPPED: the site is not built; run `pnpm docs:build`');

const HOME = 'tooling/docs-site/index.md';
const API = 'tooling/docs-site/generated/api/';
const paths = pages();
const sources = [...paths.keys()].filter((source) => source !== HOME);

const markdown = (source: string) => readFile(`${root}/${source}`, 'utf8');
const html = (source: string) => readFile(`${site}/dist/${paths.get(source)!.replace(/\.md$/, '.html')}`, 'utf8');

describe.skipIf(!built)('the built site loses no word of', () => {
  test.each(sources.filter((source) => !source.startsWith(API)))('%s', async (source) => {
    expect(builtBlocks(await html(source))).toEqual(sourceBlocks(await markdown(source)));
  });

  test('the API reference', async () => {
    const reference = sources.filter((source) => source.startsWith(API));
    expect(reference.length).toBeGreaterThan(100);
    for (const source of reference) {
      expect(builtBlocks(await html(source)), source).toEqual(sourceBlocks(await markdown(source)));
    }
  });

  test('the landing page', async () => {
    const { hero, features } = parse((await markdown(HOME)).split('---\n')[1]!);
    const { name, text, tagline } = hero;
    const shown = builtBlocks(await html(HOME), 'VPHome').join('');
    for (const words of [name, text, tagline, ...features.flatMap(({ title, details }: Feature) => [title, details])]) {
      expect(shown).toContain(squeezed(words));
    }
  });
});

interface Feature {
  readonly title: string;
  readonly details: string;
}
