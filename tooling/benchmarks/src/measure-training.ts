import {
  type Backbone,
  createSampler,
  distill,
  freezeTeacher,
  type Objective,
  objectiveOf,
  RandomStreams,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import type { DatasetContent } from '@balanced-rec/datasets';
import { checkCutoffs, evaluateBackbone } from '@balanced-rec/eval';
import { leastTrainingWork } from './floor/least-work.js';
import { measureFloor } from './floor/measure-floor.js';
import { meanRowsPerStep } from './floor/rows-per-step.js';
import { sizesOf } from './floor/sizes-of.js';
import { describeModel, type ModelTask, openModel } from './open-model.js';
import { residentMemory } from './resident-memory.js';
import { timeTraining } from './time-training.js';
import { seconds } from './timing.js';

export interface TrainingTask extends ModelTask {
  readonly distilled: boolean;
  readonly batchSize: number;
  readonly epochs: number;
  /** Steps per epoch after its first step. Defaults to all. */
  readonly steps?: number;
  /** Whether to evaluate after each epoch. */
  readonly evaluate: boolean;
}

export type TrainingMeasurement = Awaited<ReturnType<typeof measureTraining>>;

/** The CKD authors' value. */
const PAIRS_PER_STEP = 5000;

const measured = { metrics: ['recall', 'ndcg'], cutoffs: [10, 20, 50] } as const;

/** Trains for some epochs and measures it. Must run in a separate process, because it measures the peak memory of the process. */
export async function measureTraining(task: TrainingTask) {
  const model = await openModel(task);
  const { data, backbone, random } = model;
  if (task.evaluate) checkCutoffs(measured.cutoffs, data.itemCount, data.name);
  const sampler = createSampler('mmrec', { data, batchSize: task.batchSize, random: random.stream('sampling') });
  const times = await timeTraining({
    objective: task.distilled ? distilled(backbone, data, random) : objectiveOf(backbone),
    sampler,
    random,
    epochs: task.epochs,
    steps: task.steps,
    ...(task.evaluate ? { validate: () => validate(backbone, data) } : {}),
  });
  const { peak } = residentMemory();

  const sizes = sizesOf(data, backbone);
  const rowsPerStep = countRows(task, data);
  const { floor, ...overFloor } = measureFloor(
    leastTrainingWork(task.backbone, sizes, rowsPerStep),
    sizes,
    times.step / 1000,
  );
  return {
    ...describeModel(model, task),
    distillation: task.distilled ? { pairsPerStep: PAIRS_PER_STEP, teachers } : null,
    batchSize: task.batchSize,
    epochs: task.epochs,
    stepsPerEpoch: sampler.steps,
    secondsPerStep: seconds(times.step),
    secondsPerEpoch: seconds(times.epoch),
    secondsPerEpochFrom: times.epochFrom,
    epochStartSeconds: seconds(times.epochStart),
    ...(task.evaluate ? { evaluateSeconds: seconds(times.evaluation) } : {}),
    ...overFloor,
    floor: { ...floor, rowsPerStep },
    peakRssMb: Math.round(peak / 1e6),
    losses: times.history.map(({ losses }) => losses),
    ...(task.evaluate ? { validation: times.history.at(-1)!.validation!.metrics } : {}),
  };
}

const teachers =
  'the initial model itself, frozen under each modality: the cost of a step does not depend on how good the teachers are';

function distilled(backbone: Backbone, data: DatasetContent, random: RandomStreams): Objective {
  const frozen = backbone.modalities.map((modality) => freezeTeacher(backbone, modality));
  return distill(backbone, frozen, uniformPairs(data, PAIRS_PER_STEP, random.stream('distillation')));
}

/** Counts rows with the same samplers as in training, but different samples. */
function countRows({ seed, batchSize, distilled }: TrainingTask, data: DatasetContent) {
  const random = new RandomStreams(seed);
  const sampler = createSampler('mmrec', { data, batchSize, random: random.stream('counted batches') });
  const pairs = uniformPairs(data, PAIRS_PER_STEP, random.stream('counted pairs'));
  return meanRowsPerStep(sampler, distilled ? pairs : undefined);
}

function validate(backbone: Backbone, data: DatasetContent) {
  const metrics = evaluateBackbone(backbone, backbone.modalities, data, data.validation, measured).mean;
  return { score: metrics['recall@20']!, metrics };
}
