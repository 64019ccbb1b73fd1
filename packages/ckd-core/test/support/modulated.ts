import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, RandomGenerator } from '../../src/backbone.js';
import { type Gradient, lossGradients, type ModulationOverrides, modulateGradients } from '../../src/index.js';
import { smallBatch, smallData } from './data.js';
import { makeSmall } from './small-backbone.js';

export const modulatedData = smallData();
export const modulatedBatch = smallBatch();
export const seeded = () => new RandomGenerator([1, 2, 3, 4]);

export const modulated = (backbone: Backbone, options: ModulationOverrides = {}, random = seeded()) =>
  modulateGradients(backbone, modulatedData, random, options);

export const numbersOf = (gradient: Gradient) => [
  ...(gradient instanceof tf.Tensor ? gradient : gradient.rows).dataSync(),
];

/** The batch's gradients as the optimizer would see them, and the measures. */
export function modulatedStep(backbone: Backbone, options: ModulationOverrides, random = seeded()) {
  return tf.tidy(() => {
    const objective = modulated(backbone, options, random);
    const { gradients, ...step } = lossGradients(objective, modulatedBatch);
    const numbers = [...objective.modulate!(gradients, step)].map(([name, found]) => [name, numbersOf(found)] as const);
    const measures = Object.entries(step.measures!).map(([name, value]) => [name, value.dataSync()[0]!] as const);
    return { gradients: Object.fromEntries(numbers), measures: Object.fromEntries(measures) };
  });
}

/** Modulates one gradient of `kernel.image`, with image scaled by one half and text unscaled. */
export function modulateOne<T extends Gradient>(gradient: T, options: ModulationOverrides = {}, random = seeded()): T {
  const backbone = makeSmall();
  const measures = { 'scale.image': tf.scalar(0.5), 'scale.text': tf.scalar(1) };
  const gradients = modulated(backbone, options, random).modulate!(new Map([['kernel.image', gradient]]), {
    terms: {},
    measures,
  });
  backbone.dispose();
  return gradients.get('kernel.image') as T;
}
