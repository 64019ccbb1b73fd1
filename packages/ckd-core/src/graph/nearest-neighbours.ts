import { CsrPattern, detach, normalizeRows, topKOfProduct } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '../data/training-data.js';

/**
 * The k nearest neighbours of each row `[n, d]` by cosine, including the row itself; ties go to the lower index. Returns a pattern
 * `[n, n]` with min(k, n) entries per row. Exact, computed in blocks; memory grows with n * k.
 */
export function nearestNeighbours(rows: tf.Tensor2D, k: number): CsrPattern {
  return patternOf(rows.shape[0], nearestIds(rows, Math.min(k, rows.shape[0])));
}

/** Caches the neighbours of item features across runs, keyed by the features' content. */
export interface NeighbourCache {
  /** Each item's neighbours in ascending order, `[items * k]`: cached, or from `compute`. */
  neighbours(features: FeatureMatrix, k: number, compute: () => Int32Array): Int32Array;
}

/** Like {@link nearestNeighbours}, for the data's own features, which do not change during training. */
export function featureNeighbours(features: FeatureMatrix, k: number, cache?: NeighbourCache): CsrPattern {
  const { rows, columns, values } = features;
  const atMost = Math.min(k, rows);
  const compute = (): Int32Array => {
    const table = tf.tensor2d(values, [rows, columns]);
    const ids = nearestIds(table, atMost);
    table.dispose();
    return ids;
  };
  return patternOf(rows, cache ? cache.neighbours(features, atMost, compute) : compute());
}

function nearestIds(rows: tf.Tensor2D, k: number): Int32Array {
  let ids: Int32Array = new Int32Array();
  tf.tidy(() => {
    const unit = normalizeRows(detach(rows));
    ids = topKOfProduct({ users: unit, items: unit, k }).ids;
  });
  for (let at = 0; at < ids.length; at += k) ids.subarray(at, at + k).sort();
  return ids;
}

function patternOf(n: number, columnIndices: Int32Array): CsrPattern {
  const k = columnIndices.length / n;
  return new CsrPattern({
    rows: n,
    columns: n,
    rowOffsets: Int32Array.from({ length: n + 1 }, (_, row) => row * k),
    columnIndices,
  });
}
