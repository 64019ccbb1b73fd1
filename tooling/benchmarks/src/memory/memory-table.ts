import { markdownTable } from '../../../reference/src/markdown-table.js';
import type { MemoryPoint } from './measure-memory.js';

/** A recorded document of `pnpm bench memory`. */
export interface MemoryMeasurement {
  readonly engine: string;
  readonly dataset: { readonly name: string };
  readonly points: readonly MemoryPoint[];
}

/** The table in docs/faults.md, from recorded documents: estimate and peak in 10^6 bytes, and the error. */
export function memoryTable(documents: readonly MemoryMeasurement[]): string {
  const head = ['backbone', 'variant', ...documents.map(({ engine, dataset }) => `${dataset.name}, ${engine}`)];
  const rows = documents[0]!.points.map(({ backbone, variant }) => [
    backbone,
    variant,
    ...documents.map(({ points }) => {
      const point = points.find((one) => one.backbone === backbone && one.variant === variant);
      return point ? cell(point) : '–';
    }),
  ]);
  return markdownTable(head, rows);
}

function cell({ estimate, peak, error }: MemoryPoint): string {
  const percent = Math.round(100 * error);
  return `${Math.round(estimate / 1e6)} / ${Math.round(peak / 1e6)} (${percent > 0 ? '+' : ''}${percent} %)`;
}
