import type { Engine } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';

/** The active engine, with the version of the TensorFlow library if it uses one. */
export function describeEngine({ name, version }: Engine) {
  const { binding } = tf.engine().backend as { binding?: { TF_Version?: string } };
  return { name, tfjs: version, ...(binding?.TF_Version ? { tensorflow: binding.TF_Version } : {}) };
}
