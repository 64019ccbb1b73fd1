import type { PairSampler, Sampler } from '@balanced-rec/ckd-core';
import { distinctIds } from '@balanced-rec/ckd-core/backbone';
import type { RowsPerStep } from './sizes.js';

/** Enough for a stable mean; an epoch of a large dataset has thousands of batches. */
const MOST_BATCHES = 20;

/** Counts the distinct users and items per batch and, if a pair sampler is given, in each batch together with random pairs. */
export function meanRowsPerStep(sampler: Sampler, pairs?: PairSampler): RowsPerStep {
  const counts: Required<RowsPerStep>[] = [];
  for (const { users, positives, negatives } of sampler.epoch()) {
    const drawn = pairs?.();
    counts.push({
      users: distinct(users),
      positives: distinct(positives),
      items: distinct(positives, negatives),
      distilled: drawn && {
        users: distinct(users, drawn.users),
        items: distinct(positives, negatives, drawn.positives, drawn.negatives),
      },
    });
    if (counts.length === MOST_BATCHES) break;
  }
  const mean = (count: (rows: Required<RowsPerStep>) => number) =>
    counts.reduce((sum, rows) => sum + count(rows), 0) / counts.length;
  return {
    users: mean((rows) => rows.users),
    positives: mean((rows) => rows.positives),
    items: mean((rows) => rows.items),
    ...(pairs
      ? { distilled: { users: mean((rows) => rows.distilled!.users), items: mean((rows) => rows.distilled!.items) } }
      : {}),
  };
}

function distinct(...lists: Int32Array[]): number {
  return distinctIds(lists).ids.length;
}
