import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { comparisonSchema, readComparison, variantNames } from '@balanced-rec/eval';
import { expect, test } from 'vitest';
import { example } from '../src/comparison-page.js';
import { keysOf } from '../src/json-schema.js';
import { referencePages } from '../src/reference-pages.js';

const pages = referencePages().map(({ file, text }) => ({ file, text, page: `docs/${basename(file)}` }));

test.each(pages)('$page is up to date', ({ file, text, page }) => {
  const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
  expect(written, `run \`pnpm reference\` to write ${page} again`).toBe(text);
});

test('the example of a comparison file is valid', async () => {
  const { comparison } = await readComparison(fileURLToPath(example));
  expect(comparison.title).toBe('My comparison');
});

test('the description of variants names every built-in variant', () => {
  const { description } = comparisonSchema.shape.variants.unwrap().element.shape.name;
  expect(description).toBeDefined();
  for (const name of variantNames(['<modality>'])) expect(description).toContain(`\`${name}\``);
});

test('refuses a key without a description', () => {
  const properties = { jobs: { type: 'integer', description: 'Runs at a time.' }, color: { type: 'string' } };
  expect(() => keysOf({ properties }, 'a comparison file')).toThrow(
    'the key color of a comparison file has no description',
  );
});
