import * as tf from '@tensorflow/tfjs-core';

/** The reference adds this inside both logarithms. */
const LOG_FLOOR = 1e-8;

/**
 * Generic distillation: cross-entropy between the soft binary labels of teacher and student, averaged over random item pairs.
 * t = sigmoid(teacher / temperature), q = sigmoid(student / temperature), g = mean of -(t log q + (1 - t) log(1 - q)).
 * @param teacherMargins `[pairs]`
 * @param studentMargins `[pairs]`
 */
export function genericDistillation(
  teacherMargins: tf.Tensor1D,
  studentMargins: tf.Tensor1D,
  temperature: number,
): tf.Scalar {
  const t = tf.sigmoid(tf.div(teacherMargins, temperature));
  const q = tf.sigmoid(tf.div(studentMargins, temperature));
  const agree = tf.mul(t, tf.log(tf.add(q, LOG_FLOOR)));
  const disagree = tf.mul(tf.sub(1, t), tf.log(tf.add(tf.sub(1, q), LOG_FLOOR)));
  return tf.neg(tf.mean<tf.Scalar>(tf.add(agree, disagree)));
}
