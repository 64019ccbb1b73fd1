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
import { readDataset } from '@balanced-rec/datasets';
import { evaluateBackbone } from '@balanced-rec/eval';
import { loadBackbone } from '@balanced-rec/models';
import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import { timeTraining } from './time-training.js';
import { medianMilliseconds, rounded } from './timing.js';

export interface StepBenchOptions {
  readonly data: string;
  readonly backbone: string;
  readonly engine: EngineName | 'auto';
  readonly batchSize: number;
  readonly repeats: number;
}

/** Each epoch has one start and an equal share of the steps. */
const EPOCHS = 3;

const meaning = {
  plainStep: 'a training step after the first of an epoch',
  distilledStep: 'the same with distillation',
  evaluation: 'a full ranking of the joint view on the validation split',
  epochStartMs: 'the start of an epoch, where graphs are pruned or rebuilt, including its first step',
};

/** Times training, plain and distilled, and an evaluation of the joint view on the validation split. */
export async function benchStep({
  data: folder,
  backbone: name,
  engine: engineName,
  batchSize,
  repeats,
}: StepBenchOptions) {
  const engine = await loadEngine(engineName);
  const definition = await loadBackbone(name);
  const data = await readDataset(folder);
  const random = new RandomStreams(1);
  const create = () => definition.create({ data, random });
  const sampler = createSampler('ckd-paper', { data, batchSize, random: random.stream('sampling') });
  const time = (objective: Objective) =>
    timeTraining({ objective, sampler, random, epochs: EPOCHS, steps: Math.ceil(repeats / EPOCHS) });
  // The cost of a step does not depend on how good the teachers are.
  const teachers = data.modalities.map((modality) => freezeTeacher(create(), modality));
  const pairs = uniformPairs(data, 5000, random.stream('distillation'));

  const plain = create();
  const ofPlain = await time(objectiveOf(plain));
  const ofDistilled = await time(distill(create(), teachers, pairs));
  return {
    engine: { name: engine.name, tfjs: engine.version },
    dataset: { name: data.name, users: data.userCount, items: data.itemCount, train: data.train.items.length },
    features: Object.fromEntries(data.modalities.map((m) => [m, data.features[m]!.columns])),
    backbone: { name, config: plain.config, parameters: plain.parameters.trainableCount },
    batchSize,
    pairsPerStep: 5000,
    repeats,
    meaning,
    milliseconds: {
      plainStep: rounded(ofPlain.step),
      distilledStep: rounded(ofDistilled.step),
      evaluation: timeEvaluation(plain, data, repeats),
    },
    distilledOverPlain: rounded(ofDistilled.step / ofPlain.step),
    epochStartMs: { plain: rounded(ofPlain.epochStart), distilled: rounded(ofDistilled.epochStart) },
    stepsPerEpoch: sampler.steps,
  };
}

function timeEvaluation(
  backbone: Backbone,
  data: Parameters<typeof evaluateBackbone>[2] & { readonly validation: Parameters<typeof evaluateBackbone>[3] },
  repeats: number,
): number {
  const choice = { metrics: ['recall', 'ndcg'], cutoffs: [10, 20] } as const;
  return medianMilliseconds(Math.min(repeats, 5), () => {
    evaluateBackbone(backbone, backbone.modalities, data, data.validation, choice);
  });
}
