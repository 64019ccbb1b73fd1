import type { CurvePoint, RunRecord } from '../records/run-record.js';
import { meanAndDeviation } from '../statistics/mean-and-deviation.js';
import { type Lines, NO_VALUE, type PackedLine } from './page-data.js';

/** A run's values by epoch: epoch -> name -> value. */
export type NamedCurve = ReadonlyMap<number, Readonly<Record<string, number>>>;

/** A run's values by epoch, for the points that have any. */
export function namedCurve(
  points: readonly CurvePoint[],
  pick: (point: CurvePoint) => Readonly<Record<string, number>> | undefined,
): NamedCurve {
  return new Map(
    points.flatMap((point) => {
      const values = pick(point);
      return values && Object.keys(values).length > 0 ? [[point.epoch, values] as const] : [];
    }),
  );
}

/**
 * The mean over runs at the epochs that all of them reached; undefined if there are none. Beyond the epoch where the first run stops, the
 * mean would jump, because it would cover fewer runs.
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

/**
 * The best validation score so far of a modality's own models by epoch, mean over seeds: that of a teacher whose training stopped there.
 * After a teacher's last epoch the value stays constant, so that a student that trains longer can still be compared with it.
 */
export function teacherLines(runs: readonly RunRecord[], epochs: readonly number[], limit: number): Lines | undefined {
  return meanLines(
    runs.map((run) => bestSoFar(run, epochs)),
    limit,
  );
}

function bestSoFar({ curve }: RunRecord, epochs: readonly number[]): NamedCurve {
  const evaluated = curve.filter(({ validation }) => validation);
  const best: Record<string, number> = {};
  let next = 0;
  return new Map(
    epochs.flatMap((epoch) => {
      for (; next < evaluated.length && evaluated[next]!.epoch <= epoch; next++) {
        for (const [metric, value] of Object.entries(evaluated[next]!.validation!))
          best[metric] = Math.max(best[metric] ?? value, value);
      }
      return Object.keys(best).length > 0 ? [[epoch, { ...best }] as const] : [];
    }),
  );
}

/** The stride at which the longest of some curves has about `limit` points. */
export function strideFor(lengths: readonly number[], limit: number): number {
  return Math.max(1, Math.ceil(lengths.reduce((a, b) => Math.max(a, b), 0) / limit));
}

/** Every `stride`-th epoch, the last one, and those to keep. */
export function thinEpochs(epochs: readonly number[], stride: number, keep: readonly number[] = []): number[] {
  return epochs.filter((epoch, at) => at % stride === 0 || at === epochs.length - 1 || keep.includes(epoch));
}

/** Packs values as {@link PackedLine} describes. */
export function packLine(values: readonly (number | undefined)[]): PackedLine {
  const finite = values.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  const low = finite.reduce((a, b) => Math.min(a, b), finite[0] ?? 0);
  const high = finite.reduce((a, b) => Math.max(a, b), finite[0] ?? 0);
  const scale = high > low ? (NO_VALUE - 1) / (high - low) : 0;
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, at) => {
    const step = value !== undefined && Number.isFinite(value) ? Math.round((value - low) * scale) : NO_VALUE;
    bytes.writeUInt16LE(step, 2 * at);
  });
  return { low, high, steps: bytes.toString('base64') };
}
