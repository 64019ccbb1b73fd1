import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { codeBlocks } from '../src/markdown.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const guide = readFileSync(join(root, 'docs/add-a-backbone.md'), 'utf8');
const example = join(root, 'examples/lightgcn-features');

/** Without indentation, which a snippet has less of than the file it is from. */
const lines = (text: string) => text.replaceAll(/^ +/gm, '').trim();

const files = ['package.json', ...['src', 'test'].flatMap(filesIn)];
const texts = new Map(files.map((file) => [file, lines(readFileSync(join(example, file), 'utf8'))]));

function filesIn(folder: string): string[] {
  return readdirSync(join(example, folder)).map((file) => join(folder, file));
}

const snippets = [...codeBlocks(guide, 'ts'), ...codeBlocks(guide, 'json')];

test('the guide has snippets', () => expect(snippets.length).toBeGreaterThan(6));

test.each(snippets)('is from the example: %s', (snippet) => {
  expect([...texts.values()].some((text) => text.includes(lines(snippet)))).toBe(true);
});

test('the snippets are the whole model but for what it imports', () => {
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
