import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { readBlocks, withRecords } from '../src/guide-blocks.js';
import { requireSameShape, shapeOf } from '../src/output-shape.js';
import { root } from '../src/repository.js';

const path = join(root, 'docs/guide.md');
const guide = readFileSync(path, 'utf8');

test('the guide has blocks, and recording what is recorded changes nothing', () => {
  const blocks = readBlocks(guide);
  expect(blocks.length).toBeGreaterThan(8);
  const machine = /^_Recorded on (.*)\._$/m.exec(guide)![1]!;
  expect(withRecords(guide, blocks, machine)).toBe(guide);
});

test('a shell block without its time is refused', () => {
  expect(() => readBlocks(guide.replace(/^_Took .*_$/m, ''))).toThrow('shell blocks');
});

test('an output is added, replaced and taken away', () => {
  const one = '```sh\nls\n```\n\n_Took 0 s._\n';
  const recorded = withRecords(one, [{ output: 'a $1\n', seconds: '1.5' }], 'this');
  expect(recorded).toBe('```sh\nls\n```\n\n```text\na $1\n```\n\n_Took 1.5 s._\n');
  expect(withRecords(recorded, [{ output: '', seconds: '0' }], 'this')).toBe(one);
});

test('numbers, hashes and marks are no part of a shape, words and lines are', () => {
  expect(shapeOf('hash 6423f53ba9a2f3b14f773ac81c67  −10.7% of 3,285 | **0.39\\*** |')).toEqual([
    'hash # #% of # | # |',
  ]);
  expect(() => requireSameShape('read: 12 rows\n', 'read: 2,400 rows\n')).not.toThrow();
  expect(() => requireSameShape('added 37 packages in 1m\n', 'added 37 packages in 54s\n')).not.toThrow();
  expect(() => requireSameShape('read: 12 lines\n', 'read: 2,400 rows\n')).toThrow('line 1 of the output');
  expect(() => requireSameShape('a\nb\n', 'a\n')).toThrow('now:   b');
});

test('the guide links to files that are there', () => {
  const targets = [...guide.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1]!);
  expect(targets.filter((target) => !existsSync(join(dirname(path), target)))).toEqual([]);
});
