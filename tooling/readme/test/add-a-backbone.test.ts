import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { codeBlocks } from '../src/markdown.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const guide = readFileSync(join(root, 'docs/add-a-backbone.md'), 'utf8');
const example = join(root, 'examples/lightgcn-features');

/** Removes indentation, because a snippet is indented less than the file it comes from. */
const lines = (text: string) => text.replaceAll(/^ +/gm, '').trim();

const files = ['package.json', ...['src', 'test'].flatMap(filesIn)];
const texts = new Map(files.map((file) => [file, lines(readFileSync(join(example, file), 'utf8'))]));

function filesIn(folder: string): string[] {
  return readdirSync(join(example, folder)).map((file) => join(folder, file));
}

const snippets = [...codeBlocks(guide, 'ts'), ...codeBlocks(guide, 'json')];

test('finds snippets in the guide', () => expect(snippets.length).toBeGreaterThan(6));

test.each(snippets)('comes from the example: %s', (snippet) => {
  expect([...texts.values()].some((text) => text.includes(lines(snippet)))).toBe(true);
});

test('shows the whole model except its imports', () => {
  const [, model] = [...texts].find(([file]) => file.endsWith('src/lightgcn-features.ts'))!;
  const code = model.slice(model.indexOf('export const'));
  const shown = snippets.map(lines).filter((snippet) => code.includes(snippet));
  const left = shown.reduce((rest, snippet) => rest.replace(snippet, ''), code);
  expect(left.split(/\s*\n\s*/).filter(Boolean)).toEqual([
    'create({ config, data, modalities, random, parameters }) {',
    'return {',
    '};',
    '},',
    '});',
  ]);
});
