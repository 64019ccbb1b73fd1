import { quantiles, type RandomStreams } from '@balanced-rec/distributions';
import * as tf from '@tensorflow/tfjs-core';
import type { Triples } from '../adapter/representation.js';
import type { Adam } from '../optimizer/adam.js';
import { type EpochRecord, EpochValues, type StepValues } from './epoch-record.js';
import { lossGradients, type Objective } from './objective.js';
import type { Protocol } from './protocol.js';
import type { Sampler } from './samplers.js';

/** What an epoch minimises, and on which batches. */
export interface EpochOptions {
  readonly objective: Objective;
  readonly sampler: Sampler;
  readonly random: RandomStreams;
  readonly protocol: Pick<Protocol, 'learningRate' | 'learningRateSchedule'>;
  /** Stops training between two steps; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Trains on every batch of an epoch (1, 2, ...) once and returns the means over its steps. */
export async function trainEpoch(
  epoch: number,
  adam: Adam,
  breath: Breath,
  { objective, sampler, random, signal, protocol }: EpochOptions,
): Promise<Pick<EpochRecord, 'losses' | 'measures' | 'distributions'>> {
  objective.beginEpoch?.(epoch, random);
  const factor = protocol.learningRateSchedule === 'backbone' ? (objective.learningRateFactor?.(epoch) ?? 1) : 1;
  adam.learningRate = protocol.learningRate * factor;
  const values = new EpochValues(epoch);
  let distributions: EpochRecord['distributions'];
  let steps = 0;
  try {
    for (const batch of sampler.epoch()) {
      signal?.throwIfAborted();
      steps += 1;
      const step = trainStep(objective, adam, batch, steps === sampler.steps);
      values.add(step);
      distributions = step.distributions;
      await breath.take();
    }
    return { ...values.means(), ...(distributions && { distributions }) };
  } finally {
    values.dispose();
  }
}

/** Steps are synchronous. This lets timers, signals and the progress display run every 50 ms, however short the epochs are. */
export class Breath {
  #last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#last <= 50) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = performance.now();
  }
}

type Step = StepValues & Pick<EpochRecord, 'distributions'>;

function trainStep(objective: Objective, adam: Adam, batch: Triples, isLast: boolean): Step {
  let distributions: EpochRecord['distributions'];
  const step = tf.tidy(() => {
    const { gradients, ...loss } = lossGradients(objective, batch);
    adam.step(objective.modulate?.(gradients, loss) ?? gradients);
    const { terms, measures = {} } = loss;
    if (isLast && loss.distributions) {
      const spread = Object.entries(loss.distributions);
      distributions = Object.fromEntries(
        spread.map(([name, values]) => [name, quantiles(values.dataSync<'float32'>())]),
      );
    }
    const scalars = [...Object.values(terms), ...Object.values(measures)];
    return {
      names: [...Object.keys(terms), ...Object.keys(measures)],
      termCount: Object.keys(terms).length,
      values: tf.stack(scalars.map((scalar) => tf.reshape(scalar, []))) as tf.Tensor1D,
    };
  });
  return { ...step, distributions };
}
