import { BalancedRecError } from '@balanced-rec/errors';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { Backbone } from '../adapter/backbone.js';
import { only, without } from '../adapter/observed-set.js';
import type { Triples } from '../adapter/representation.js';
import type { StepScope } from '../adapter/step-scope.js';
import { parseConfig } from '../config/parse-config.js';
import { type Objective, objectiveOf } from '../training/objective.js';
import {
  type CounterfactualWeights,
  counterfactualWeights,
  genericDistillation,
  type PairSampler,
  specificDistillation,
} from './distillation-terms.js';
import { type Teacher, teacherView } from './teacher.js';

/** The hyperparameters and ablations of CKD; the defaults are the authors'. */
export const distillationSchema = z.strictObject({
  kdRatio: z
    .number()
    .positive()
    .default(0.01)
    .describe("Weight of all distillation relative to the backbone's objective."),
  lambda: z.number().nonnegative().default(5).describe('Weight of the generic term relative to the specific one.'),
  temperature: z.number().positive().default(0.1).describe('Temperature of the soft labels (tau).'),
  pairsPerStep: z
    .number()
    .int()
    .positive()
    .default(5000)
    .describe('Random item pairs per step for the generic term (K).'),
  specific: z.boolean().default(true).describe('Keep the specific term (hinge on margins).'),
  generic: z.boolean().default(true).describe('Keep the generic term (soft labels).'),
  reweighting: z
    .boolean()
    .default(true)
    .describe('Weight the modalities by their counterfactual effect; otherwise every weight is 1.'),
});

/**
 * The options of {@link distill}, complete.
 * @useDeclaredType
 */
export type DistillationOptions = z.output<typeof distillationSchema>;

/**
 * Partial distillation options; the rest take their defaults.
 * @useDeclaredType
 */
export type DistillationOverrides = z.input<typeof distillationSchema>;

/** Everything that distillation computes in one step, by modality. */
export interface DistillationStep extends CounterfactualWeights {
  /** s_m `[triples]`; absent if the term is disabled. */
  readonly specific?: Readonly<Record<string, tf.Tensor1D>> | undefined;
  /** g_m; absent if the term is disabled. */
  readonly generic?: Readonly<Record<string, tf.Scalar>> | undefined;
  /** kdRatio * mean over triples of sum over m of w_m (s_m + lambda g_m). */
  readonly loss: tf.Scalar;
}

/** A backbone's objective with Counterfactual Knowledge Distillation added. */
export interface DistilledObjective extends Objective {
  /** The distillation part of a step, for diagnostics. */
  distillation(batch: Triples, pairs: Triples, scope: StepScope): DistillationStep;
}

/**
 * Counterfactual Knowledge Distillation (Zhang et al., ACM MM 2024) over any backbone: adds to its objective how far its
 * uni-modal views fall short of the teachers, weighted by each modality's counterfactual effect.
 * @param teachers one per modality of the backbone, in any order
 * @param pairs draws the item pairs of the generic term, for example {@link uniformPairs}
 * @throws BalancedRecError `distill/one-modality` for a backbone with fewer than two modalities,
 *   `distill/teachers` if the teachers do not match its modalities, `config/invalid` for bad options
 */
export function distill(
  backbone: Backbone,
  teachers: readonly Teacher[],
  pairs: PairSampler,
  options: DistillationOverrides = {},
): DistilledObjective {
  const settings = parseConfig(distillationSchema, options, 'distillation');
  const byModality = matchTeachers(backbone, teachers);
  const plain = objectiveOf(backbone);

  const distillation = (batch: Triples, pairBatch: Triples, scope: StepScope): DistillationStep => {
    const { modalities } = backbone;
    const student = (m: string) => backbone.represent(only(modalities, m), scope);
    const teacher = (m: string) => teacherView(byModality.get(m)!, scope);
    // The pairs come first: they need more rows than the batch, which can then reuse the whole tables.
    const generic = settings.generic
      ? forEach(modalities, (m) =>
          genericDistillation(teacher(m).margins(pairBatch), student(m).margins(pairBatch), settings.temperature),
        )
      : undefined;
    const onlyMargins = forEach(modalities, (m) => student(m).margins(batch));
    const specific = settings.specific
      ? forEach(modalities, (m) => specificDistillation(teacher(m).margins(batch), onlyMargins[m]!))
      : undefined;
    const counterfactual = counterfactualWeights({
      joint: backbone.represent(modalities, scope).margins(batch),
      only: onlyMargins,
      without: forEach(modalities, (m) => backbone.represent(without(modalities, m), scope).margins(batch)),
    });
    const weights = settings.reweighting
      ? counterfactual.weights
      : forEach(modalities, () => tf.ones([batch.users.length]) as tf.Tensor1D);
    const perModality = modalities.map((m) => {
      const terms: tf.Tensor[] = [];
      if (specific) terms.push(specific[m]!);
      if (generic) terms.push(tf.mul(generic[m]!, settings.lambda));
      return tf.mean(tf.mul(weights[m]!, terms.length === 0 ? 0 : terms.reduce((a, b) => tf.add(a, b))));
    });
    return {
      coefficients: counterfactual.coefficients,
      weights,
      specific,
      generic,
      loss: tf.mul(tf.addN(perModality), settings.kdRatio) as tf.Scalar,
    };
  };

  return {
    ...plain,
    distillation,
    loss: (batch, scope) => {
      const step = distillation(batch, pairs(), scope);
      return {
        terms: { ...plain.loss(batch, scope).terms, distillation: step.loss },
        measures: measuresOf(step, backbone.modalities),
        distributions: settings.reweighting ? weightsOf(step) : undefined,
      };
    },
  };
}

function matchTeachers(backbone: Backbone, teachers: readonly Teacher[]): Map<string, Teacher> {
  const { modalities, name } = backbone;
  if (modalities.length < 2) {
    throw new BalancedRecError({
      code: 'distill/one-modality',
      message: `counterfactual distillation needs at least two modalities to balance, but ${name} has only one here`,
      expected: 'at least two modalities',
      found: modalities.join(', '),
      remedy: 'train the plain backbone, or add the features of another modality',
    });
  }
  const byModality = new Map(teachers.map((teacher) => [teacher.modality, teacher]));
  const missing = modalities.filter((m) => !byModality.has(m));
  if (missing.length > 0 || teachers.length !== modalities.length) {
    throw new BalancedRecError({
      code: 'distill/teachers',
      message: `the teachers do not match the modalities of ${name}`,
      expected: `one teacher for each of: ${modalities.join(', ')}`,
      found: teachers.map((teacher) => teacher.modality).join(', ') || 'none',
      remedy: missing.length > 0 ? `train a teacher for ${missing.join(', ')}` : 'pass one teacher per modality',
    });
  }
  return byModality;
}

function measuresOf(step: DistillationStep, modalities: readonly string[]): Record<string, tf.Scalar> {
  const measures: Record<string, tf.Scalar> = {};
  for (const m of modalities) {
    measures[`weight.${m}`] = tf.mean(step.weights[m]!);
    if (step.specific) measures[`specific.${m}`] = tf.mean(step.specific[m]!);
    if (step.generic) measures[`generic.${m}`] = step.generic[m]!;
  }
  return measures;
}

function weightsOf({ weights }: DistillationStep): Record<string, tf.Tensor1D> {
  return Object.fromEntries(Object.entries(weights).map(([m, values]) => [`weight.${m}`, values]));
}

function forEach<T>(modalities: readonly string[], value: (modality: string) => T): Record<string, T> {
  return Object.fromEntries(modalities.map((m) => [m, value(m)]));
}
