import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type SoakMeasurement, soakTable } from '../src/soak-table.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const kept = JSON.parse(read('../results/soak-wasm.json')) as SoakMeasurement;

test('docs/faults.md matches the recorded soak test', () => {
  const table = /<!-- soak: [^\n]* -->\n\n(.*?)\n\n<!-- end -->/s.exec(read('../../../docs/faults.md'))?.[1];
  const cells = (text = '') => text.split('\n').map((row) => row.split('|').map((cell) => cell.trim()));
  // The formatter aligns the columns.
  expect(cells(table)?.map((row) => row.map((cell) => cell.replace(/^-+$/, '---')))).toEqual(cells(soakTable(kept)));
});

test('memory, open files and threads level off in the recorded soak test', () => {
  const { levels, answers, settings } = kept;
  expect(settings.minutes).toBeGreaterThanOrEqual(120);
  expect(answers.refused + answers.errors).toBeLessThan(answers.answered / 10_000);
  for (const { residentBytes, openFiles, threads } of [levels.training, levels.service]) {
    expect(residentBytes.lastQuarter).toBeLessThan(1.05 * residentBytes.secondQuarter);
    expect(openFiles.lastQuarter).toBe(openFiles.secondQuarter);
    expect(threads.lastQuarter).toBe(threads.secondQuarter);
  }
  expect(levels.rounds.tensors.lastQuarter).toBe(0);
});
