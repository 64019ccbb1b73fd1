import { type FeatureMatrix, nearestNeighbours } from '@balanced-rec/ckd-core';
import { CsrMatrix } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** The kNN graph of a modality's initial features: entries 1 / k, which is rowsum^-1/2 on both sides of ones. */
export function frozenItemGraph({ rows, columns, values }: FeatureMatrix, neighbours: number): CsrMatrix {
  const k = Math.min(neighbours, rows);
  const features = tf.tensor2d(values, [rows, columns]);
  const pattern = nearestNeighbours(features, k);
  features.dispose();
  return new CsrMatrix(pattern, new Float32Array(pattern.entries).fill(1 / k));
}
