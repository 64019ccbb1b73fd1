import * as tf from '@tensorflow/tfjs-core';

/**
 * Specific distillation, s = max(0, teacher - student) on margins `[triples]`: a hinge that asks the student's view for what it
 * lacks and never holds it back (CKD, equation for L_spec; per triple, before weighting).
 */
export function specificDistillation(teacherMargins: tf.Tensor1D, studentMargins: tf.Tensor1D): tf.Tensor1D {
  return tf.relu(tf.sub<tf.Tensor1D>(teacherMargins, studentMargins));
}
