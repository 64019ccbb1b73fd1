import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { faultTable } from '../src/faults/fault-table.js';
import type { FaultMeasurement } from '../src/faults/measure-faults.js';
import { type MemoryMeasurement, memoryTable } from '../src/memory/memory-table.js';

const results = fileURLToPath(new URL('../results/', import.meta.url));
const page = readFileSync(fileURLToPath(new URL('../../../docs/faults.md', import.meta.url)), 'utf8');

function kept<Document>(prefix: string): Document[] {
  const names = readdirSync(results)
    .filter((name) => name.startsWith(prefix))
    .sort();
  return names.map((name) => JSON.parse(readFileSync(join(results, name), 'utf8')) as Document);
}

const tableIn = (name: string) => new RegExp(`<!-- ${name}: [^\n]* -->\n\n(.*?)\n\n<!-- end -->`, 's').exec(page)?.[1];

test('docs/faults.md matches the recorded trials', () => {
  const documents = kept<FaultMeasurement>('faults-');
  expect(tableIn('faults')).toBe(faultTable(documents));
});

test('docs/faults.md matches the recorded memory estimates, all within a quarter of the peaks', () => {
  const documents = kept<MemoryMeasurement>('memory-');
  expect(tableIn('memory')).toBe(memoryTable(documents));
  for (const { points, engine, dataset } of documents) {
    expect(points).toHaveLength(12);
    for (const { backbone, variant, error } of points)
      expect(Math.abs(error), `${engine} ${dataset.name} ${backbone} ${variant}`).toBeLessThan(0.25);
  }
});
