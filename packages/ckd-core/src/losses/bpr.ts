import { softplus } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** Bayesian personalised ranking (Rendle et al., UAI 2009): the mean of `-log sigmoid(margin)` over `[triples]` margins. */
export function bprLoss(margins: tf.Tensor1D): tf.Scalar {
  return tf.mean(softplus(tf.neg(margins)));
}
