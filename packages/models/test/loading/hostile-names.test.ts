import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { loadBackbone } from '../../src/loading/load-backbone.js';

const scratch = mkdtempSync(join(tmpdir(), 'hostile-names-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

// A model's folder says which backbone made it, and who wrote that folder must not say what code runs here.
const code = join(scratch, 'code.mjs');
writeFileSync(code, 'globalThis.ranForeignCode = true;');
const scope = fileURLToPath(new URL('../../node_modules/@balanced-rec/', import.meta.url));

test.each([
  relative(scope, code),
  `../${relative(scope, code)}`,
  code,
  `file://${code}`,
  'data:text/javascript,globalThis.ranForeignCode=true',
  'node:fs',
  '@balanced-rec/vbpr',
  'yaml/../../code',
  '.',
  '..',
  '',
  'vbpr\0',
])('a backbone named %j imports nothing', async (name) => {
  await expect(loadBackbone(name)).rejects.toMatchObject({ code: 'backbone/unknown' });
  expect(globalThis).not.toHaveProperty('ranForeignCode');
});
