import type { Ids, Recommendation } from '@balanced-rec/ckd-core';
import type { OpenModel } from '../open/open-model.js';

/** What is exported: a model, and every user's list. */
export interface Exported {
  readonly model: OpenModel;
  /** The length of the lists, at most the number of items. */
  readonly k: number;
  /** `[users * k]`; padded with -1 for users with fewer items. */
  readonly topItems: Int32Array;
  /** `[users * k]`; padded with -Infinity for users with fewer items. */
  readonly topScores: Float32Array;
  readonly bases: readonly Recommendation['basis'][];
}

/** A way to write an export into a folder. */
export interface ExportFormat {
  readonly name: string;
  /** Writes the format's files into the existing `folder`. */
  write(exported: Exported, folder: string): Promise<void>;
}

export const SIDES = ['user', 'item'] as const;
export type Side = (typeof SIDES)[number];

/** The rows of one side, with their ids. */
export function sideOf({ recommender, ...model }: OpenModel, side: Side): { ids: Ids; values: Float32Array } {
  return { ids: model[`${side}s`], values: recommender.tables[`${side}s`] };
}

/** Iterates over the rows of a table. */
export function* rowsOf(values: Float32Array, dimension: number): Generator<Float32Array, void, undefined> {
  for (let start = 0; start < values.length; start += dimension) yield values.subarray(start, start + dimension);
}
