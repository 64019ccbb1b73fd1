import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { besideMmrecOnGpu, besidePeers } from '../src/beside-peers.js';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));

test.each(['mmrec', 'distilled', 'authors'] as const)('docs/benchmarks.md matches the recorded figures: %s', (name) => {
  const table = besidePeers(path('../results/beside-peers'))[name];
  expect(table.split('\n').length).toBeGreaterThan(5);
  expect(readFileSync(path('../../../docs/benchmarks.md'), 'utf8')).toContain(table);
});

test('docs/benchmarks.md matches the recorded figures: gpu', () => {
  const table = besideMmrecOnGpu(path('../results/gpu-h100'));
  expect(readFileSync(path('../../../docs/benchmarks.md'), 'utf8')).toContain(table);
});
