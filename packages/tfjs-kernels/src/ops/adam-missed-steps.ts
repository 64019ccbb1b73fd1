import { type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { adamSegments, SEGMENT_FLOATS } from '../kernel/adam-segments.js';
import { checkIds } from '../kernel/check.js';
import { ADAM_MISSED_STEPS } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import { type AdamConstants, assignUpdated, checkTables } from './adam-step.js';

/** A table, its moments, and which rows missed which updates. */
export interface AdamMissedStepsOptions extends Omit<AdamConstants, 'learningRate' | 'step'> {
  /** `[n, d]` */
  readonly parameter: Variable;
  readonly firstMoment: Variable;
  readonly secondMoment: Variable;
  /** The rows to bring up to date, each once. */
  readonly ids: Int32Array;
  /** For each of them the last update that it took part in: `[ids.length]`. */
  readonly lastUpdates: Int32Array;
  /** The update to bring them to. */
  readonly step: number;
  /** The learning rate of each update, counted from 1. */
  readonly learningRate: (step: number) => number;
}

/**
 * Takes rows through the updates that they missed for want of a gradient: Adam goes on moving a row by its momentum, which halves
 * every seven updates or so. Does what {@link adamStep} with a gradient of zero would have done in each, within float32's rounding,
 * in a pass over the row that costs about as much as one update.
 *
 * @throws BalancedRecError `kernels/shape-mismatch`; `kernels/id-out-of-range`.
 */
export function adamMissedSteps(options: AdamMissedStepsOptions): void {
  const { parameter, firstMoment, secondMoment, ids, epsilon } = options;
  checkTables('adamMissedSteps', options);
  checkIds('adamMissedSteps: ids', ids, parameter.shape[0]!);
  const plan = groupBySegments(options);
  if (plan.ids.length === 0) return;
  tidy(() => {
    const inputs = { parameter, firstMoment, secondMoment };
    assignUpdated(options, runKernel<Tensor[]>(ADAM_MISSED_STEPS, inputs, { ...plan, epsilon }));
  });
}

/** The rows that missed something, and the segments of each: rows with the same last update share theirs. */
function groupBySegments({ ids, lastUpdates, step, ...constants }: AdamMissedStepsOptions) {
  const groupOf = new Map<number, number>();
  const offsets = [0];
  const segments: number[] = [];
  const behind = ids.filter((_, i) => lastUpdates[i]! < step);
  const groups = lastUpdates
    .filter((last) => last < step)
    .map((from) => {
      const known = groupOf.get(from);
      if (known !== undefined) return known;
      for (const value of adamSegments({ ...constants, from, to: step })) segments.push(value);
      offsets.push(segments.length / SEGMENT_FLOATS);
      groupOf.set(from, groupOf.size);
      return groupOf.size - 1;
    });
  return { ids: behind, groups, offsets: Int32Array.from(offsets), segments: Float32Array.from(segments) };
}
