import { softplus } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { LossTerms } from '../adapter/backbone.js';
import type { Representation, Triples } from '../adapter/representation.js';

/** The objective of VBPR, MMGCN and LATTICE under a view: BPR over the batch's margins + regWeight * halfSquares of its rows. */
export function regularizedBpr(view: Representation, batch: Triples, regWeight: number): LossTerms {
  return {
    bpr: bprLoss(view.margins(batch)),
    regularizer: tf.mul(halfSquares(view, batch), regWeight) as tf.Scalar,
  };
}

/** Bayesian personalised ranking (Rendle et al., UAI 2009): the mean of `-log sigmoid(margin)` over `[triples]` margins. */
export function bprLoss(margins: tf.Tensor1D): tf.Scalar {
  return tf.mean(softplus(tf.neg(margins)));
}

/**
 * The L2 regulariser of BPR models over the rows of the batch's users, positives and negatives:
 * (1/2 sum u^2 + 1/2 sum p^2 + 1/2 sum n^2) / batch size.
 */
export function halfSquares(view: Representation, batch: Triples): tf.Scalar {
  return tf.mul(view.squares(batch), 0.5 / batch.users.length) as tf.Scalar;
}
