import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../src/packages.js';
import { documentOfSizes, measureSizes, tooLarge, withSizes, wrongSizes } from '../src/sizes.js';

const document = readFileSync(join(root, documentOfSizes), 'utf8');
const sizes = measureSizes();

test(`the sizes in ${documentOfSizes} are about right (\`pnpm sizes\` updates them)`, () => {
  expect(wrongSizes(document, sizes)).toEqual([]);
});

test('no package has too large a share of the code', () => {
  expect(tooLarge(sizes)).toEqual([]);
});

test('an updated table is correct, and the rest of the document is unchanged', () => {
  const anew = withSizes(document, sizes);
  expect(wrongSizes(anew, sizes)).toEqual([]);
  expect(withSizes(anew, sizes)).toBe(anew);
  const beside = (text: string) => text.replace(/<!-- sizes:[\s\S]*<!-- end of sizes -->/, '');
  expect(beside(anew)).toBe(beside(document));
});

test('reports sizes that are wrong, missing or left over', () => {
  const text = withSizes('<!-- sizes: made -->\n\n<!-- end of sizes -->', [
    { name: 'small', lines: 100 },
    { name: 'large', lines: 2000 },
    { name: 'large/native', lines: 300 },
    { name: 'gone', lines: 10 },
  ]);
  const now = [
    { name: 'small', lines: 150 },
    { name: 'large', lines: 2360 },
    { name: 'large/native', lines: 300 },
    { name: 'new', lines: 70 },
  ];
  expect(wrongSizes(text, now)).toEqual([
    'gone has a row but does not exist',
    'large has 2360 lines, not 2000',
    'new has 70 lines but no row',
  ]);
});

test('refuses a package with 16 of 100 lines', () => {
  const others = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({ name, lines: 14 }));
  const native = { name: 'large/native', lines: 1000 };
  expect(tooLarge([...others, { name: 'large', lines: 16 }, native])).toEqual(['large has 16 of 100 lines, 16.0%']);
  expect(tooLarge([...others, { name: 'large', lines: 15 }, native])).toEqual([]);
});
