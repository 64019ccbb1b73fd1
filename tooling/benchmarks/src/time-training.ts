import {
  Adam,
  lossGradients,
  type Objective,
  protocols,
  type RandomStreams,
  type Triples,
} from '@balanced-rec/ckd-core';
import * as tf from '@tensorflow/tfjs-core';
import { medianMilliseconds } from './timing.js';

/** Median milliseconds. */
export interface TrainingTimes {
  /** A step of an epoch that has begun. */
  readonly step: number;
  /** The beginning of an epoch with its first step, which is where backbones prune or rebuild graphs. */
  readonly epochStart: number;
}

export function timeTraining(
  objective: Objective,
  batches: Iterator<Triples, never>,
  random: RandomStreams,
  repeats: number,
): TrainingTimes {
  const adam = new Adam(objective.parameters, protocols['ckd-paper']);
  const takeStep = () =>
    tf.tidy(() => {
      const { gradients, total } = lossGradients(objective, batches.next().value);
      adam.step(gradients);
      // On an engine that works in the background this is what waits for it.
      total.dataSync();
    });
  let epoch = 0;
  const startEpoch = () => {
    objective.beginEpoch?.(++epoch, random);
    takeStep();
  };
  // Without this the first of the steady steps would be an epoch's first, and an unpruned one at that.
  startEpoch();
  const step = medianMilliseconds(repeats, takeStep);
  const epochStart = medianMilliseconds(Math.min(repeats, 5), startEpoch);
  adam.dispose();
  return { step, epochStart };
}
