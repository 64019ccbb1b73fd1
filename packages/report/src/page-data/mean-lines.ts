import { meanAndDeviation } from '../labels/mean-and-deviation.js';
import { packLine } from './pack-line.js';
import type { Lines } from './page-data.js';
import { strideFor, thinEpochs } from './thin-epochs.js';

/** A run's values by epoch: epoch -> name -> value. */
export type NamedCurve = ReadonlyMap<number, Readonly<Record<string, number>>>;

/**
 * The mean over runs at the epochs that all of them reached. Beyond the first run that stops the mean would jump, for it would be
 * over other runs than before. Undefined where there is nothing.
 */
export function meanLines(curves: readonly NamedCurve[], limit: number): Lines | undefined {
  const common = [...(curves[0]?.keys() ?? [])].filter((epoch) => curves.every((curve) => curve.has(epoch)));
  const epochs = thinEpochs(common, strideFor([common.length], limit));
  const names = [...new Set(epochs.flatMap((epoch) => Object.keys(curves[0]?.get(epoch) ?? {})))];
  if (names.length === 0) return undefined;
  const values = names.map((name) => {
    const line = epochs.map((epoch) => {
      const found = curves.flatMap((curve) => curve.get(epoch)?.[name] ?? []);
      return found.length === curves.length ? meanAndDeviation(found).mean : undefined;
    });
    return [name, packLine(line)] as const;
  });
  return { epochs, values: Object.fromEntries(values) };
}

/** A run's values by epoch, of the points that have any. */
export function namedCurve<T>(
  points: readonly (T & { readonly epoch: number })[],
  pick: (point: T) => Readonly<Record<string, number>> | undefined,
): NamedCurve {
  return new Map(
    points.flatMap((point) => {
      const values = pick(point);
      return values && Object.keys(values).length > 0 ? [[point.epoch, values] as const] : [];
    }),
  );
}
