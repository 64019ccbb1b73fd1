import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readBlocks, withRecords } from '../src/guide-blocks.js';
import { requireSameShape, shapeOf } from '../src/output-shape.js';
import { root } from '../src/repository.js';

const path = join(root, 'docs/guide.md');
const guide = readFileSync(path, 'utf8');

test('reads the guide, and recording the same outputs again changes nothing', () => {
  const blocks = readBlocks(guide);
  expect(blocks.length).toBeGreaterThan(8);
  const machine = /^_Recorded on (.*)\._$/m.exec(guide)![1]!;
  expect(withRecords(guide, blocks, machine)).toBe(guide);
});

test('refuses a shell block without a time', () => {
  expect(() => readBlocks(guide.replace(/^_Took .*_$/m, ''))).toThrow('shell blocks');
});

test('adds and removes outputs', () => {
  const one = '```sh\nls\n```\n\n_Took 0 s._\n';
  const recorded = withRecords(one, [{ output: 'a $1\n', seconds: '1.5' }], 'this');
  expect(recorded).toBe('```sh\nls\n```\n\n```text\na $1\n```\n\n_Took 1.5 s._\n');
  expect(withRecords(recorded, [{ output: '', seconds: '0' }], 'this')).toBe(one);
});

test('the shape of an output depends on words and lines, not on numbers, hashes and marks', () => {
  expect(shapeOf('hash 6423f53ba9a2f3b14f773ac81c67  −10.7% of 3,285 | **0.39\\*** |')).toEqual([
    'hash # #% of # | # |',
  ]);
  expect(() => requireSameShape('read: 12 rows\n', 'read: 2,400 rows\n')).not.toThrow();
  expect(() => requireSameShape('added 37 packages in 1m\n', 'added 37 packages in 54s\n')).not.toThrow();
  expect(() => requireSameShape('read: 12 lines\n', 'read: 2,400 rows\n')).toThrow('line 1 of the output');
  expect(() => requireSameShape('a\nb\n', 'a\n')).toThrow('now:   b');
});

test('the guide links only to existing files', () => {
  const targets = [...guide.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
  expect(targets.filter((target) => !existsSync(join(dirname(path), target)))).toEqual([]);
});
