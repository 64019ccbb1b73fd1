import * as tf from '@tensorflow/tfjs-core';
import type { LossTerms } from '../adapter/backbone.js';
import type { Representation, Triples } from '../adapter/representation.js';
import { bprLoss } from './bpr.js';
import { halfSquares } from './half-squares.js';

/** The objective of VBPR, MMGCN and LATTICE on a view: BPR of the batch's margins + regWeight * halfSquares of its rows. */
export function regularizedBpr(view: Representation, batch: Triples, regWeight: number): LossTerms {
  return {
    bpr: bprLoss(view.margins(batch)),
    regularizer: tf.mul(halfSquares(view, batch), regWeight) as tf.Scalar,
  };
}
