import type { RandomGenerator } from '@balanced-rec/distributions';
import { BalancedRecError } from '@balanced-rec/errors';
import { detach } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { Backbone } from '../adapter/backbone.js';
import { only } from '../adapter/observed-set.js';
import { parseConfig } from '../config/parse-config.js';
import type { Gradient } from '../optimizer/gradient.js';
import { type Objective, objectiveOf, type StepLoss } from '../training/objective.js';

/** The hyperparameters of gradient modulation (OGM-GE). */
export const modulationSchema = z.strictObject({
  alpha: z.number().positive().default(0.5).describe('How strongly a dominant modality is slowed down.'),
  noise: z.boolean().default(true).describe('Add the noise of the "generalization enhancement".'),
});

/**
 * Partial modulation options; the rest take their defaults.
 * @useDeclaredType
 */
export type ModulationOverrides = z.input<typeof modulationSchema>;

/** The sizes of the data. Parameters with one row per user or item are not a modality's encoder and get no noise. */
export interface ModulatedData {
  readonly userCount: number;
  readonly itemCount: number;
}

/**
 * On-the-fly gradient modulation with generalization enhancement (OGM-GE; Peng et al., CVPR 2022) over any backbone.
 *
 * Let s_m be the mean of sigmoid(margin under only m) over a batch's triples, and rho_m = s_m / mean of the others' s. If rho_m > 1,
 * the modality's own view ranks the batch better than the others do, and the gradients of its parameters are scaled by
 * 1 - tanh(alpha rho_m). With two modalities this is the published method; with more, the ratio is to the mean of the others. The
 * modality's shared weights (not tables with one row per user or item) then get Gaussian noise with the standard deviation of their
 * gradient.
 *
 * A modality's parameters are those whose name contains the modality's name as a part: `projection.image.kernel`.
 *
 * The method was published for SGD. Adam divides by the recent size of a gradient, which cancels a constant scale; under Adam, only
 * step-to-step changes of the scale have an effect.
 * @param random draws the noise
 * @throws BalancedRecError `modulation/one-modality`, `modulation/no-parameters`, `config/invalid` for bad options
 */
export function modulateGradients(
  backbone: Backbone,
  data: ModulatedData,
  random: RandomGenerator,
  options: ModulationOverrides = {},
): Objective {
  const { alpha, noise } = parseConfig(modulationSchema, options, 'modulation');
  const { modalities } = backbone;
  const owners = parameterModalities(backbone);
  const plain = objectiveOf(backbone);
  const scales = (scores: Readonly<Record<string, tf.Scalar>>) =>
    Object.fromEntries(modalities.map((m) => [m, scaleOf(m, modalities, scores, alpha)]));

  return {
    ...plain,
    loss: (batch, scope) => {
      const { terms } = plain.loss(batch, scope);
      const scores = Object.fromEntries(
        modalities.map((m) => {
          const margins = backbone.represent(only(modalities, m), scope).margins(batch);
          return [m, tf.mean<tf.Scalar>(tf.sigmoid(detach(margins)))];
        }),
      );
      const named = (prefix: string, scalars: Readonly<Record<string, tf.Scalar>>) =>
        Object.fromEntries(modalities.map((m) => [`${prefix}.${m}`, scalars[m]!]));
      return { terms, measures: { ...named('score', scores), ...named('scale', scales(scores)) } };
    },
    modulate: (gradients, { measures }: StepLoss) =>
      new Map(
        [...gradients].map(([name, gradient]) => {
          const owner = owners.get(name);
          if (owner === undefined) return [name, gradient];
          const scaled = scaledGradient(gradient, measures![`scale.${owner}`]!);
          return [name, noise && isShared(gradient, data) ? withNoise(scaled as tf.Tensor, gradient, random) : scaled];
        }),
      ),
  };
}

function scaleOf(
  m: string,
  modalities: readonly string[],
  scores: Readonly<Record<string, tf.Scalar>>,
  alpha: number,
): tf.Scalar {
  const others = modalities.filter((other) => other !== m).map((other) => scores[other]!);
  const ratio = tf.div(scores[m]!, tf.mean(tf.stack(others)));
  const damped = tf.sub(1, tf.tanh(tf.mul(ratio, alpha)));
  return tf.where(tf.greater(ratio, 1), damped, tf.scalar(1)) as tf.Scalar;
}

/** Maps each parameter that belongs to a modality to that modality. */
function parameterModalities({ name, modalities, parameters }: Backbone): Map<string, string> {
  if (modalities.length < 2) {
    throw new BalancedRecError({
      code: 'modulation/one-modality',
      message: `gradient modulation needs at least two modalities to balance, but ${name} has only one here`,
      expected: 'at least two modalities',
      found: modalities.join(', '),
      remedy: 'train the plain backbone, or add the features of another modality',
    });
  }
  const owners = new Map<string, string>();
  // A modality's name may contain dots, and one name may be part of another. The longest match wins.
  const longestFirst = [...modalities].sort((a, b) => b.length - a.length);
  for (const parameter of parameters.trainable.keys()) {
    const owner = longestFirst.find((m) => `.${parameter}.`.includes(`.${m}.`));
    if (owner !== undefined) owners.set(parameter, owner);
  }
  const without = modalities.filter((m) => ![...owners.values()].includes(m));
  if (without.length === 0) return owners;
  throw new BalancedRecError({
    code: 'modulation/no-parameters',
    message: `${name} has no parameters of the modality "${without[0]}" whose gradients could be modulated`,
    expected: "for each modality, a trainable parameter whose name contains the modality's name",
    found: [...parameters.trainable.keys()].join(', ') || 'none',
    remedy: 'use other variants with this backbone',
  });
}

function scaledGradient(gradient: Gradient, scale: tf.Scalar): Gradient {
  return gradient instanceof tf.Tensor
    ? tf.mul(gradient, scale)
    : { ids: gradient.ids, rows: tf.mul<tf.Tensor2D>(gradient.rows, scale) };
}

function isShared(gradient: Gradient, { userCount, itemCount }: ModulatedData): boolean {
  return gradient instanceof tf.Tensor && gradient.shape[0] !== userCount && gradient.shape[0] !== itemCount;
}

function withNoise(scaled: tf.Tensor, gradient: Gradient, random: RandomGenerator): tf.Tensor {
  const { variance } = tf.moments(gradient as tf.Tensor);
  const normal = Float32Array.from({ length: scaled.size }, () => random.normal());
  return tf.add(scaled, tf.mul(tf.tensor(normal, scaled.shape), tf.sqrt(variance)));
}
