import type { Ids, Recommendation } from '@balanced-rec/ckd-core';
import type { OpenModel } from '../open/open-model.js';

/** What is exported: a model, and the list of every user. */
export interface Exported {
  readonly model: OpenModel;
  /** The length of the lists, at most the number of items. */
  readonly k: number;
  /** `[users * k]`; -1 where a user has fewer. */
  readonly topItems: Int32Array;
  /** `[users * k]`; -Infinity where a user has fewer. */
  readonly topScores: Float32Array;
  readonly bases: readonly Recommendation['basis'][];
}

/** A way to write an export into a folder. */
export interface ExportFormat {
  readonly name: string;
  /** Writes its files into `folder`, which exists. */
  write(exported: Exported, folder: string): Promise<void>;
}

export const SIDES = ['user', 'item'] as const;
export type Side = (typeof SIDES)[number];

/** The rows of one side, with what they are called. */
export function sideOf({ recommender, ...model }: OpenModel, side: Side): { ids: Ids; values: Float32Array } {
  return { ids: model[`${side}s`], values: recommender.tables[`${side}s`] };
}

/** Row by row. */
export function* rowsOf(values: Float32Array, dimension: number): Generator<Float32Array, void, undefined> {
  for (let start = 0; start < values.length; start += dimension) yield values.subarray(start, start + dimension);
}
