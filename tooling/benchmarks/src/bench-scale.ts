import type { DataShape } from './data-shape.js';
import { measureInProcess } from './measure-in-process.js';
import type { TrainingMeasurement, TrainingTask } from './measure-training.js';
import { rounded } from './timing.js';

export interface ScaleOptions extends Omit<TrainingTask, 'source' | 'evaluate'> {
  readonly base: DataShape;
  /** What users, items and interactions are multiplied by. */
  readonly factors: readonly number[];
  /** Whether the batch size is multiplied as well, so that an epoch has the same number of steps at every size. */
  readonly growBatch: boolean;
}

type Size = TrainingMeasurement & { readonly factor: number };

/** A size that does not fit the machine or the engine is also a result. */
interface Failure {
  readonly factor: number;
  readonly failed: string;
}

/**
 * Times training at several sizes, each in a separate process.
 * @throws BalancedRecError if training at the first factor fails; a later failure becomes part of the result
 */
export async function benchScale({ base, factors, ...options }: ScaleOptions) {
  const [firstFactor, ...others] = factors;
  const first = await measureFactor(firstFactor!, base, options);
  const sizes: (Size | Failure)[] = [first];
  // One at a time, because they would share the machine.
  for (const factor of others) {
    sizes.push(await measureFactor(factor, base, options).catch((error: Error) => failure(factor, error)));
  }
  const { engine, versions, backbone, distillation } = first;
  return {
    engine,
    versions,
    backbone,
    distillation,
    growBatch: options.growBatch,
    base,
    sizes: sizes.map((size) =>
      'failed' in size ? size : { ...whatScales(size), growth: rounded(growth(size, first)) },
    ),
  };
}

function failure(factor: number, { message }: Error): Failure {
  return { factor, failed: message.split('\n')[0]! };
}

async function measureFactor(
  factor: number,
  base: DataShape,
  { growBatch, ...options }: Omit<ScaleOptions, 'base' | 'factors'>,
) {
  const shape = {
    ...base,
    users: factor * base.users,
    items: factor * base.items,
    interactions: factor * base.interactions,
  };
  const batchSize = (growBatch ? factor : 1) * options.batchSize;
  const task = { ...options, batchSize, source: { shape, seed: options.seed }, evaluate: false };
  return { factor, ...(await measureInProcess('training', `factor ${factor}`, task)) };
}

function whatScales(size: Size) {
  const { factor, shape, batchSize, stepsPerEpoch, secondsPerStep, secondsPerEpoch, secondsPerEpochFrom, ...rest } =
    size;
  const { epochStartSeconds, setupSeconds, floorSeconds, overFloor, floor, peakRssMb, parameters, losses } = rest;
  return {
    factor,
    shape,
    batchSize,
    parameters,
    stepsPerEpoch,
    secondsPerStep,
    secondsPerEpoch,
    secondsPerEpochFrom,
    epochStartSeconds,
    setupSeconds,
    floorSeconds,
    overFloor,
    floor,
    peakRssMb,
    losses,
  };
}

/** The ratio of epoch times divided by the ratio of interactions, both relative to the first size: 1 is linear. */
function growth(size: TrainingMeasurement, first: TrainingMeasurement): number {
  const interactions = size.shape.interactions / first.shape.interactions;
  return size.secondsPerEpoch / first.secondsPerEpoch / interactions;
}
