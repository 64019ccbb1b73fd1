import { CsrPattern, detach, normalizeRows, topKOfProduct } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/**
 * The k nearest neighbours of each row by cosine, itself included, ties by lower index: a pattern `[n, n]` with k entries a row.
 * Exact, in blocks; memory grows with n * k.
 */
export function nearestNeighbours(rows: tf.Tensor2D, k: number): CsrPattern {
  const n = rows.shape[0];
  let columnIndices: Int32Array = new Int32Array();
  tf.tidy(() => {
    const unit = normalizeRows(detach(rows));
    columnIndices = topKOfProduct({ users: unit, items: unit, k }).ids;
  });
  for (let row = 0; row < n; row++) columnIndices.subarray(row * k, (row + 1) * k).sort();
  return new CsrPattern({
    rows: n,
    columns: n,
    rowOffsets: Int32Array.from({ length: n + 1 }, (_, row) => row * k),
    columnIndices,
  });
}
