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

/** The numbers of one modality's features. */
export interface FeatureMeasures extends FeatureSpread {
  readonly rows: number;
  readonly columns: number;
  readonly faultyRows: RowFaults;
  readonly faultyColumns: ColumnFaults;
  /** Items that were given a stand-in because they could not be encoded; undefined where nothing tells. */
  readonly fallbacks: number | undefined;
  /** The share of the items with features of their own, 0 to 1: neither constant nor a fallback. */
  readonly coverage: number;
  /** The Euclidean lengths of the rows that are not zero. */
  readonly norms: Distribution;
  /** Whether all of these are 1, within 0.001. */
  readonly normalised: boolean;
}

const NEAR_ONE = 1e-3;

/** @param fallbacks the rows of items that could not be encoded, where that is known */
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

/** 1 for each row that tells nothing about its item: constant, or a fallback. */
export function unusableRows(matrix: FeatureMatrix, fallbacks: readonly number[] = []): Uint8Array {
  const unusable = constantRows(matrix);
  for (const row of fallbacks) unusable[row] = 1;
  return unusable;
}
