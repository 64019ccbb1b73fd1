import { describe, expect, test } from 'vitest';
import type { CurvePoint, RunRecord } from '../../src/index.js';
import { meanOf, pointsOf, valueAt } from '../../src/page/charts/lines.js';
import { meanLines, packLine, strideFor, teacherLines, thinEpochs } from '../../src/page-data/lines.js';
import { sampleRecords } from '../sample-records.js';

function curve(...values: number[]): CurvePoint[] {
  return values.map((value, at) => ({ epoch: at + 1, losses: {}, measures: {}, validation: { 'recall@20': value } }));
}

describe('a packed line', () => {
  const lines = (values: (number | undefined)[]) => ({
    epochs: values.map((_, at) => at),
    values: { a: packLine(values) },
  });

  test('reads back to within a hundred-thousandth of its range, gaps left out', () => {
    const values = Array.from({ length: 100 }, (_, at) => (at % 7 === 3 ? undefined : Math.sin(at) * 0.3));
    const points = pointsOf(lines(values), 'a');
    expect(points.map(({ epoch }) => epoch)).toEqual(values.flatMap((value, at) => (value === undefined ? [] : [at])));
    for (const { epoch, value } of points) expect(Math.abs(value - values[epoch]!)).toBeLessThan(0.6e-5);
  });

  test('of equal values, of one value and of none', () => {
    expect(pointsOf(lines([0.25, 0.25]), 'a').map(({ value }) => value)).toEqual([0.25, 0.25]);
    expect(pointsOf(lines([-3]), 'a')).toEqual([{ epoch: 0, value: -3 }]);
    expect(pointsOf(lines([undefined, Number.NaN]), 'a')).toEqual([]);
    expect(pointsOf(undefined, 'a')).toEqual([]);
  });
});

test('thinned epochs keep the last and the restored', () => {
  const epochs = Array.from({ length: 95 }, (_, at) => at + 1);
  expect(strideFor([40, 95], 10)).toBe(10);
  expect(thinEpochs(epochs, 10, [34])).toEqual([1, 11, 21, 31, 34, 41, 51, 61, 71, 81, 91, 95]);
  expect(thinEpochs(epochs, strideFor([95], 100))).toEqual(epochs);
});

describe('means over seeds', () => {
  test('end where the first seed ends, on the server as in the page', () => {
    const seeds = [
      [1, 2, 3],
      [3, 4],
    ];
    const named = seeds.map((values) => new Map(values.map((value, at) => [5 * (at + 1), { a: value }] as const)));
    expect(pointsOf(meanLines(named, 100), 'a')).toEqual([
      { epoch: 5, value: 2 },
      { epoch: 10, value: 3 },
    ]);
    const points = seeds.map((values) => values.map((value, at) => ({ epoch: 5 * (at + 1), value })));
    expect(meanOf(points)).toEqual([
      { epoch: 5, value: 2 },
      { epoch: 10, value: 3 },
    ]);
  });

  test('a value between two epochs lies on the line between them', () => {
    const line = [
      { epoch: 10, value: 1 },
      { epoch: 20, value: 3 },
    ];
    expect([5, 10, 15, 20, 25].map((epoch) => valueAt(line, epoch))).toEqual([undefined, 1, 2, 3, undefined]);
  });
});

test('a teacher is the best so far, and stays when its training has ended', () => {
  const [template] = sampleRecords({ seeds: [1] });
  const teacher: RunRecord = { ...template!, curve: curve(0.1, 0.3, 0.2) };
  const values = pointsOf(teacherLines([teacher], [1, 2, 3, 4, 5], 100), 'recall@20').map(({ value }) => value);
  expect(values.map((value) => Number(value.toFixed(4)))).toEqual([0.1, 0.3, 0.3, 0.3, 0.3]);
});
