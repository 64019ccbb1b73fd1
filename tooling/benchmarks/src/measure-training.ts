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
import { checkCutoffs, evaluateBackbone, loadBackbone } from '@balanced-rec/eval';
import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import type { BackboneName } from './backbone-names.js';
import type { DataSource } from './data-shape.js';
import { describeEngine } from './describe-engine.js';
import { describeData, openSource } from './open-source.js';
import { residentMemory } from './resident-memory.js';
import { timeTraining } from './time-training.js';
import { rounded } from './timing.js';
import { describeVersions } from './versions.js';

export interface TrainingTask {
  readonly backbone: BackboneName;
  readonly distilled: boolean;
  readonly engine: EngineName | 'auto';
  readonly source: DataSource;
  readonly batchSize: number;
  readonly epochs: number;
  /** Steps to take of each epoch after its first; all by default. */
  readonly steps?: number;
  readonly seed: number;
  /** Whether to rank and measure after each epoch. */
  readonly evaluate: boolean;
}

/** As the CKD authors have it. */
const PAIRS_PER_STEP = 5000;

const measured = { metrics: ['recall', 'ndcg'], cutoffs: [10, 20, 50] } as const;

/** Trains for some epochs and says what that took. For a process of its own: the peak of memory is that of the process. */
export async function measureTraining(task: TrainingTask) {
  const engine = await loadEngine(task.engine);
  const definition = await loadBackbone(task.backbone);
  const data = await openSource(task.source);
  if (task.evaluate) checkCutoffs(measured.cutoffs, data.itemCount, data.name);
  const random = new RandomStreams(task.seed);

  const setupStart = performance.now();
  const backbone = definition.create({ data, random });
  const setup = performance.now() - setupStart;
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

  return {
    engine: describeEngine(engine),
    versions: describeVersions(),
    shape: describeData(data, task.source),
    backbone: { name: backbone.name, config: backbone.config },
    parameters: backbone.parameters.trainableCount,
    distillation: task.distilled ? { pairsPerStep: PAIRS_PER_STEP, teachers } : null,
    batchSize: task.batchSize,
    epochs: task.epochs,
    seed: task.seed,
    stepsPerEpoch: sampler.steps,
    secondsPerStep: seconds(times.step),
    secondsPerEpoch: seconds(times.epoch),
    secondsPerEpochFrom: times.epochFrom,
    epochStartSeconds: seconds(times.epochStart),
    setupSeconds: seconds(setup),
    ...(task.evaluate ? { evaluateSeconds: seconds(times.evaluation) } : {}),
    peakRssMb: Math.round(peak / 1e6),
    losses: times.history.map(({ losses }) => losses),
    ...(task.evaluate ? { validation: times.history.at(-1)!.validation!.metrics } : {}),
  };
}

const teachers =
  'the freshly made model itself, frozen under each modality: what a step costs does not depend on how good teachers are';

function distilled(backbone: Backbone, data: DatasetContent, random: RandomStreams): Objective {
  const frozen = backbone.modalities.map((modality) => freezeTeacher(backbone, modality));
  return distill(backbone, frozen, uniformPairs(data, PAIRS_PER_STEP, random.stream('distillation')));
}

function validate(backbone: Backbone, data: DatasetContent) {
  const metrics = evaluateBackbone(backbone, backbone.modalities, data, data.validation, measured).mean;
  return { score: metrics['recall@20']!, metrics };
}

function seconds(milliseconds: number): number {
  return rounded(milliseconds / 1000);
}
