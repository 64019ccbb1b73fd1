import { describe, expect, test } from 'vitest';
import { CSV_COLUMNS, renderCsv } from '../../src/formats/render-data.js';
import { sampleRecords } from '../sample-records.js';

/** Reads RFC 4180 text. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const hostile = 'a "quoted", name\nwith | pipes & <b>tags</b> `ticks`';

describe('CSV', () => {
  test('reads back with every value at full precision', () => {
    const records = sampleRecords({ datasets: [hostile, 'baby'], backbones: ['vbpr'], seeds: [1, 2] });
    const [header, ...rows] = readCsv(renderCsv(records));
    expect(header).toEqual([...CSV_COLUMNS]);
    const values = records.flatMap(({ result }) => [
      ...Object.values(result.validation),
      ...Object.values(result.test),
    ]);
    expect(rows).toHaveLength(values.length);
    for (const cells of rows) {
      const line = Object.fromEntries(CSV_COLUMNS.map((column, at) => [column, cells[at]]));
      const record = records.find(({ id }) => id === line.run)!;
      expect(line.dataset).toBe(record.dataset.name);
      expect(line.variant).toBe(record.variant);
      expect(Number(line.seed)).toBe(record.seed);
      expect(Number(line.bestEpoch)).toBe(record.result.bestEpoch);
      expect(Number(line.value)).toBe(record.result[line.split as 'test'][line.metric!]);
    }
  });

  test('is the same for the same runs at other times, in another order', () => {
    const records = sampleRecords();
    const later = records.map((record) => ({ ...record, times: { ...record.times, wallSeconds: 1 } })).reverse();
    expect(renderCsv(later)).toBe(renderCsv(records));
  });
});
