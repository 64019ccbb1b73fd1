import type { RandomGenerator } from '@balanced-rec/distributions';
import { detach } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { Triples } from '../adapter/representation.js';
import type { TrainingData } from '../data/training-data.js';
import { drawUsers, usersWithTraining } from '../training/samplers.js';

/**
 * Specific distillation, s = max(0, teacher - student) on margins `[triples]`: a hinge that pushes the student's view up to the
 * teacher and never holds it back (CKD, equation for L_spec; per triple, before weighting).
 */
export function specificDistillation(teacherMargins: tf.Tensor1D, studentMargins: tf.Tensor1D): tf.Tensor1D {
  return tf.relu(tf.sub<tf.Tensor1D>(teacherMargins, studentMargins));
}

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

/** Draws the pairs that generic distillation compares: users from the training set, two items each. */
export type PairSampler = () => Triples;

/** Draws pairs as the reference does: distinct training users if there are enough, items uniform over all items. */
export function uniformPairs(
  data: Pick<TrainingData, 'itemCount' | 'train'>,
  pairsPerStep: number,
  random: RandomGenerator,
): PairSampler {
  const candidates = usersWithTraining(data.train);
  const drawItems = () => Int32Array.from({ length: pairsPerStep }, () => random.below(data.itemCount));
  return () => ({
    users: drawUsers(candidates, pairsPerStep, random),
    positives: drawItems(),
    negatives: drawItems(),
  });
}

const SMALLEST = 1e-8;
const LARGEST = 10;

/** Margins of the same `[triples]` under the views that the counterfactual compares. */
export interface CounterfactualMargins {
  readonly joint: tf.Tensor1D;
  /** By modality. */
  readonly only: Readonly<Record<string, tf.Tensor1D>>;
  /** By the modality that is removed. */
  readonly without: Readonly<Record<string, tf.Tensor1D>>;
}

/** By modality, each `[triples]`. */
export interface CounterfactualWeights {
  /** c_m: the modality's causal effect relative to its margin alone, in [1e-8, 10]. */
  readonly coefficients: Readonly<Record<string, tf.Tensor1D>>;
  /** w_m: they sum to the number of modalities; the less a modality contributes, the more it is distilled. */
  readonly weights: Readonly<Record<string, tf.Tensor1D>>;
}

/**
 * Counterfactual reweighting (CKD): c_m = clip((joint - without m) / only m), p_m = c_m / sum c, w_m = |M| (1 - p_m) / (|M| - 1).
 * No gradient passes through the weights. With two modalities this is the reference's 1 - (c_1 - c_2) / (c_1 + c_2).
 */
export function counterfactualWeights({ joint, only, without }: CounterfactualMargins): CounterfactualWeights {
  const modalities = Object.keys(only);
  const coefficients: Record<string, tf.Tensor1D> = {};
  for (const m of modalities) {
    coefficients[m] = coefficient(tf.sub(detach(joint), detach(without[m]!)), detach(only[m]!));
  }
  const total = tf.addN(Object.values(coefficients));
  const weights: Record<string, tf.Tensor1D> = {};
  for (const m of modalities) {
    const share = tf.div(coefficients[m]!, total);
    weights[m] = tf.mul(tf.sub(1, share), modalities.length / (modalities.length - 1));
  }
  return { coefficients, weights };
}

function coefficient(effect: tf.Tensor1D, alone: tf.Tensor1D): tf.Tensor1D {
  const ratio: tf.Tensor1D = tf.div(effect, alone);
  // 0 / 0, where the modality says nothing about the triple, counts as no effect.
  const defined = tf.where(tf.isNaN(ratio), tf.fill(ratio.shape, SMALLEST), ratio);
  return tf.clipByValue<tf.Tensor1D>(defined as tf.Tensor1D, SMALLEST, LARGEST);
}
