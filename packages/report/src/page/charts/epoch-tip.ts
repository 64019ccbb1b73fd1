import { type Markish, pointerX, ruleX, tip } from '@observablehq/plot';
import { type Point, valueAt } from '../lines.js';
import { score } from './chart.js';
import { tipStyle } from './tip-style.js';

/** A line that the tip and the data table name. */
export interface NamedLine {
  readonly name: string;
  readonly points: readonly Point[];
}

/** All lines' values at the epoch under the pointer. */
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

/** One row per epoch, one column per line; nothing where a line ends earlier. */
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
