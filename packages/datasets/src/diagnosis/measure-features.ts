import {
  type ColumnFaults,
  constantRows,
  countColumnFaults,
  countRowFaults,
  type RowFaults,
} from '../features/faults.js';
import { type FeatureMatrix, rowNorms } from '../features/feature-matrix.js';
import { type Distribution, distributionOf } from '../numeric/statistics.js';
import { type FeatureSpread, measureSpread } from './measure-spread.js';

/** The measurements of one modality's features. */
export interface FeatureMeasures extends FeatureSpread {
  readonly rows: number;
  readonly columns: number;
  readonly faultyRows: RowFaults;
  readonly faultyColumns: ColumnFaults;
  /** Items with fallback features because they could not be encoded; undefined if that is not recorded. */
  readonly fallbacks: number | undefined;
  /** The share of items with features of their own, neither constant nor a fallback: 0 to 1. */
  readonly coverage: number;
  /** The Euclidean norms of the non-zero rows. */
  readonly norms: Distribution;
  /** Whether all of these norms are 1, within 0.001. */
  readonly normalised: boolean;
}

const NEAR_ONE = 1e-3;

/** @param fallbacks the rows of items that could not be encoded, if known */
export function measureFeatures(matrix: FeatureMatrix, fallbacks?: readonly number[]): FeatureMeasures {
  const { rows, columns } = matrix;
  const norms = distributionOf(
    rowNorms(matrix)
      .sort()
      .filter((norm) => norm > 0),
  );
  return {
    rows,
    columns,
    faultyRows: countRowFaults(matrix),
    faultyColumns: countColumnFaults(matrix),
    fallbacks: fallbacks?.length,
    coverage: unusableRows(matrix, fallbacks).filter((unusable) => unusable === 0).length / rows,
    norms,
    normalised: norms.min > 1 - NEAR_ONE && norms.max < 1 + NEAR_ONE,
    ...measureSpread(matrix),
  };
}

/** 1 for each row that carries no information about its item: a constant row or a fallback. */
export function unusableRows(matrix: FeatureMatrix, fallbacks: readonly number[] = []): Uint8Array {
  const unusable = constantRows(matrix);
  for (const row of fallbacks) unusable[row] = 1;
  return unusable;
}
