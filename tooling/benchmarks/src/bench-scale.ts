import { BalancedRecError } from '@balanced-rec/errors';
import type { DataShape } from './data-shape.js';
import { measureInProcess } from './measure-in-process.js';
import type { TrainingMeasurement, TrainingTask } from './measure-training.js';
import { rounded } from './timing.js';

export interface ScaleOptions extends Omit<TrainingTask, 'source' | 'evaluate'> {
  readonly base: DataShape;
  /** What users, items and interactions are multiplied with. */
  readonly factors: readonly number[];
}

/** A factor whose process ended without a result. */
interface Failure {
  readonly factor: number;
  readonly failed: string;
}

/** Times training at several sizes, each in a process of its own. */
export async function benchScale({ base, factors, ...options }: ScaleOptions) {
  const sizes: (Failure | (TrainingMeasurement & { readonly factor: number }))[] = [];
  // One after the other: they would share the machine.
  for (const factor of factors) sizes.push(await measureFactor(factor, base, options));
  const finished = sizes.filter((size) => 'secondsPerEpoch' in size);
  const [first] = finished;
  const { engine, versions, backbone, distillation } = first ?? {};
  return {
    engine,
    versions,
    backbone,
    distillation,
    batchSize: options.batchSize,
    base,
    sizes: sizes.map((size) =>
      'failed' in size ? size : { ...whatScales(size), growth: rounded(growth(size, first!)) },
    ),
  };
}

async function measureFactor(factor: number, base: DataShape, options: Omit<ScaleOptions, 'base' | 'factors'>) {
  const shape = {
    ...base,
    users: factor * base.users,
    items: factor * base.items,
    interactions: factor * base.interactions,
  };
  const task = { ...options, source: { shape, seed: options.seed }, evaluate: false };
  try {
    return { factor, ...(await measureInProcess('training', `factor ${factor}`, task)) };
  } catch (error) {
    // A size that the machine or the engine does not hold is a result too, and must not cost those before it.
    const doesNotFit = !(error instanceof BalancedRecError) || error.code === 'bench/crashed';
    if (!doesNotFit) throw error;
    return { factor, failed: (error as Error).message };
  }
}

function whatScales(size: TrainingMeasurement & { readonly factor: number }) {
  const { factor, shape, stepsPerEpoch, secondsPerStep, secondsPerEpoch, secondsPerEpochFrom, ...rest } = size;
  const { epochStartSeconds, setupSeconds, floorSeconds, overFloor, floor, peakRssMb, parameters, losses } = rest;
  return {
    factor,
    shape,
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

/** How much longer an epoch takes than at the first size, over how many more interactions it has: 1 is linear. */
function growth(size: TrainingMeasurement, first: TrainingMeasurement): number {
  const interactions = size.shape.interactions / first.shape.interactions;
  return size.secondsPerEpoch / first.secondsPerEpoch / interactions;
}
