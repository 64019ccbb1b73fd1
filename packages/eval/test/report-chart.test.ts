import { describe, expect, test } from 'vitest';
import { chartKit } from '../src/report/html/chart/chart-kit.js';
import { meanLine } from '../src/report/html/chart/mean-line.js';
import { niceTicks } from '../src/report/html/chart/nice-ticks.js';

describe('ticks', () => {
  test.each([
    [0.013, 0.063, 7, false, [0.02, 0.03, 0.04, 0.05, 0.06], 2],
    [0.1, 0.41, 7, false, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4], 2],
    [0, 175, 4, true, [0, 50, 100, 150], 0],
    [0, 3, 8, true, [0, 1, 2, 3], 0],
    [0.8, 1.2, 5, false, [0.8, 0.9, 1, 1.1, 1.2], 1],
  ])('of %d to %d', (low, high, count, whole, values, decimals) => {
    expect(niceTicks(low, high, count, whole)).toEqual({ values, decimals });
  });

  test('stay within their axis and stay few, whatever the range', () => {
    for (let at = 1; at < 400; at++) {
      const low = (at % 7) * 0.013;
      const high = low + 10 ** ((at % 11) - 6) * (1 + (at % 9));
      const { values } = niceTicks(low, high, 7, false);
      expect(values.length).toBeGreaterThanOrEqual(2);
      expect(values.length).toBeLessThanOrEqual(9);
      for (const value of values) expect(value >= low - 1e-9 && value <= high + 1e-9).toBe(true);
    }
  });
});

test('the mean line ends where the first run ends', () => {
  const runs = [
    [
      [5, 1],
      [10, 2],
      [15, 3],
    ],
    [
      [5, 3],
      [10, 4],
    ],
  ] as const;
  expect(meanLine(runs)).toEqual([
    [5, 2],
    [10, 3],
  ]);
});

test('every part of the kit works from its source text alone', () => {
  const source = Object.entries(chartKit).map(([name, part]) => `${name}: ${part}`);
  const copy = new Function(`const __name = (f) => f; return { ${source.join(',')} };`)() as typeof chartKit;
  const line = [
    [1, 0.1],
    [2, 0.3],
    [3, 0.2],
  ] as const;
  const spec = {
    label: 'a & b',
    xLabel: 'epoch',
    yLabel: 'validation Recall@20',
    lines: [{ name: 'plain', slot: 0, dash: '', mean: line, runs: [line, line], marks: [line[1]] }],
    references: [{ y: 0.35, label: 'only text', slot: 2 }],
    bands: [{ slot: 0, line, level: 0.35 }],
  };
  expect(copy.drawChart(copy, spec, 520, 250)).toBe(chartKit.drawChart(chartKit, spec, 520, 250));
  expect(copy.drawChart(copy, spec, 520, 250)).toContain('aria-label="a &#38; b"');
});

test('no label of an axis overlaps its neighbour, from phones to wide screens', () => {
  for (const width of [300, 380, 520, 760, 1100]) {
    for (const epochs of [1, 7, 95, 400, 2000]) {
      const line = [
        [0, 0.01],
        [epochs, 0.4],
      ] as const;
      const lines = [{ name: 'a', slot: 0, dash: '', mean: line, runs: [], marks: [] }];
      const spec = { label: '', xLabel: 'epoch', yLabel: 'y', lines, references: [], bands: [] };
      const { left, right, x, xTicks } = chartKit.chartFrame(chartKit, spec, width, 300);
      const pixels = xTicks.values.map((value) => left + ((value - x[0]) / (x[1] - x[0])) * (right - left));
      pixels.slice(1).forEach((pixel, at) => {
        const widest = Math.max(String(xTicks.values[at]).length, String(xTicks.values[at + 1]).length) * 7.5;
        expect(pixel - pixels[at]!).toBeGreaterThan(widest);
      });
    }
  }
});
