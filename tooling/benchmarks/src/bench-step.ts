import {
  Adam,
  type Backbone,
  createSampler,
  distill,
  freezeTeacher,
  lossGradients,
  type Objective,
  objectiveOf,
  protocols,
  RandomStreams,
  type Triples,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { readDataset } from '@balanced-rec/datasets';
import { evaluateBackbone, loadBackbone } from '@balanced-rec/eval';
import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { medianMilliseconds, rounded } from './timing.js';

export interface StepBenchOptions {
  readonly data: string;
  readonly backbone: string;
  readonly engine: EngineName;
  readonly batchSize: number;
  readonly repeats: number;
}

/** Times a training step, plain and distilled, and an evaluation of the joint view on the validation split. */
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
  const batches = endless(() => sampler.epoch());
  // What a step costs does not depend on how good the teachers are.
  const teachers = data.modalities.map((modality) => freezeTeacher(create(), modality));
  const pairs = uniformPairs(data, 5000, random.stream('distillation'));

  const plain = create();
  const step = timeSteps(objectiveOf(plain), batches, repeats);
  const student = create();
  const distilled = timeSteps(distill(student, teachers, pairs), batches, repeats);
  return {
    engine: { name: engine.name, tfjs: engine.version },
    dataset: { name: data.name, users: data.userCount, items: data.itemCount, train: data.train.items.length },
    features: Object.fromEntries(data.modalities.map((m) => [m, data.features[m]!.columns])),
    backbone: { name, config: plain.config, parameters: plain.parameters.trainableCount },
    batchSize,
    pairsPerStep: 5000,
    repeats,
    milliseconds: { plainStep: step, distilledStep: distilled, evaluation: timeEvaluation(plain, data, repeats) },
    distilledOverPlain: rounded(distilled / step),
    stepsPerEpoch: sampler.steps,
  };
}

function timeSteps(objective: Objective, batches: Iterator<Triples, never>, repeats: number): number {
  const adam = new Adam(objective.parameters, protocols['ckd-paper']);
  const milliseconds = medianMilliseconds(repeats, () =>
    tf.tidy(() => {
      const { gradients, total } = lossGradients(objective, batches.next().value);
      adam.step(gradients);
      // On an engine that works in the background this is what waits for it.
      total.dataSync();
    }),
  );
  adam.dispose();
  return milliseconds;
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

function* endless<T>(source: () => Iterable<T>): Generator<T, never> {
  for (;;) yield* source();
}
