import { existsSync, readFileSync } from 'node:fs';
import { protocolSchema } from '@balanced-rec/ckd-core';
import { expect, test } from 'vitest';
import { buildApi } from '../src/build-api.js';
import { entryPoints } from '../src/entry-points.js';
import { apiFolder } from '../src/root.js';

test('builds API pages for every entry point, with every export documented', async () => {
  // Rejects if anything is undocumented or cannot be imported, or if a link is broken.
  await buildApi();
  const missing = entryPoints()
    .map(({ specifier }) => specifier.replace('@balanced-rec/', ''))
    .filter((name) => !existsSync(`${apiFolder}/${name}/index.md`));
  expect(missing).toEqual([]);
  expect(existsSync(`${apiFolder}/ckd-core/functions/distill.md`)).toBe(true);
  const protocol = readFileSync(`${apiFolder}/ckd-core/type-aliases/Protocol.md`, 'utf8');
  expect(protocol).toContain(protocolSchema.shape.evaluateEvery.description);
});
