import { dot, lineY, type Markish, type PlotOptions, pointerX, ruleX, tip } from '@observablehq/plot';
import type { Mark } from '../../page-data/page-data.js';
import { colour, score, tipStyle } from './chart.js';
import { type Point, valueAt } from './lines.js';

/** The axes of a chart by epoch. */
export function epochAxes(width: number, yLabel: string, domain?: readonly [number, number]): PlotOptions {
  return {
    width,
    height: width < 420 ? 240 : 300,
    x: { label: 'epoch', ticks: Math.max(3, Math.floor(width / 90)), tickFormat: 'd' },
    y: { label: yLabel, grid: true, nice: true, ticks: 6, ...(domain ? { domain: [...domain] } : {}) },
  };
}

/** A bold line, or a dot where there is only one point. */
export function meanLine(points: readonly Point[], mark: Mark): Markish {
  const place = { x: 'epoch', y: 'value' };
  if (points.length === 1) return dot(points, { ...place, fill: colour(mark), r: 3 });
  const dash = mark.dash === '' ? {} : { strokeDasharray: mark.dash };
  return lineY(points, { ...place, stroke: colour(mark), strokeWidth: 2.25, ...dash });
}

/** A line that the tip and the data table name. */
export interface NamedLine {
  readonly name: string;
  readonly points: readonly Point[];
}

/** The values of all lines at the epoch under the pointer. */
export function epochTip(lines: readonly NamedLine[]): Markish[] {
  const stops = epochsOf(lines).flatMap((epoch) => {
    const here = lines.flatMap(({ name, points }) => {
      const value = valueAt(points, epoch);
      return value === undefined ? [] : [{ name, value }];
    });
    if (here.length === 0) return [];
    const text = here.map(({ name, value }) => `${name}  ${score(value)}`);
    return [{ epoch, top: Math.max(...here.map(({ value }) => value)), text: [`epoch ${epoch}`, ...text].join('\n') }];
  });
  const x = { x: 'epoch', maxRadius: Number.POSITIVE_INFINITY };
  return [
    ruleX(stops, pointerX({ ...x, stroke: 'currentColor', strokeOpacity: 0.45 })),
    tip(stops, pointerX({ ...x, y: 'top', title: 'text', ...tipStyle })),
  ];
}

/** The numbers as a table: one row per epoch, one column per line, empty where a line has no value. */
export function epochTable(lines: readonly NamedLine[]): { columns: string[]; rows: string[][] } {
  const byEpoch = lines.map(({ points }) => new Map(points.map(({ epoch, value }) => [epoch, value])));
  return {
    columns: ['epoch', ...lines.map(({ name }) => name)],
    rows: epochsOf(lines).map((epoch) => [
      String(epoch),
      ...byEpoch.map((values) => (values.has(epoch) ? score(values.get(epoch)!) : '')),
    ]),
  };
}

function epochsOf(lines: readonly NamedLine[]): number[] {
  return [...new Set(lines.flatMap(({ points }) => points.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
}
