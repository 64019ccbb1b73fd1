import {
  type Backbone,
  type DistilledObjective,
  distill,
  type EpochEvent,
  freezeTeacher,
  type Objective,
  objectiveOf,
  type Teacher,
  type TrainingResult,
  type TrainOptions,
  train,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { marginsFrom, tablesOf } from './numbers.js';
import { sampleBatch } from './sample-data.js';
import type { Made, Setting, Subject } from './subject.js';

export interface TrainingOptions extends Pick<TrainOptions, 'checkpoints'> {
  readonly epochs?: number;
  readonly evaluateEvery?: number;
  readonly learningRate?: number;
  readonly onEvent?: (event: EpochEvent) => void;
  readonly signal?: AbortSignal;
}

/** Trains for exactly `epochs` epochs. For simplicity, the score is the share of a fixed batch that is ranked correctly. */
export function trainFor(
  { backbone, random, sampler }: Made,
  objective: Objective,
  { epochs = 3, evaluateEvery = 1, learningRate = 0.01, ...options }: TrainingOptions = {},
): Promise<TrainingResult> {
  return train({
    objective,
    sampler,
    random,
    protocol: { learningRate, evaluateEvery, patience: epochs, maxEpochs: epochs },
    validate: () => ({ score: shareRight(backbone), metrics: {} }),
    ...options,
  });
}

function shareRight(backbone: Backbone): number {
  const margins = marginsFrom(tablesOf(backbone, backbone.modalities), sampleBatch());
  return margins.filter((margin) => margin > 0).length / margins.length;
}

/** A distilled objective over the backbone, with teachers from untrained backbones of the same kind with other seeds. */
export interface Distilled {
  readonly objective: DistilledObjective;
  readonly teachers: readonly Teacher[];
  dispose(): void;
}

export function distilled(subject: Subject, { backbone, data, random }: Made): Distilled {
  const teachers = teachersOf(subject, backbone.modalities);
  const pairs = uniformPairs(data, 40, random.stream('distillation'));
  return {
    objective: distill(backbone, teachers, pairs, { kdRatio: 0.5 }),
    teachers,
    dispose: () => {
      for (const teacher of teachers) teacher.dispose();
    },
  };
}

export function teachersOf(subject: Subject, modalities: readonly string[]): Teacher[] {
  return modalities.map((m, k) => {
    const { backbone } = subject.make(modalities, { seed: 100 + k });
    try {
      return freezeTeacher(backbone, m);
    } finally {
      backbone.dispose();
    }
  });
}

/** Creates a backbone, trains it with CKD for one epoch, and disposes it after `use`. */
export function withDistilled(
  subject: Subject,
  modalities: readonly string[],
  use: (made: Made) => void | Promise<void>,
): Promise<void> {
  return subject.with(modalities, async (made) => {
    const training = distilled(subject, made);
    await trainFor(made, training.objective, { epochs: 1 });
    training.dispose();
    await use(made);
  });
}

interface Training {
  readonly objective: Objective;
  dispose(): void;
}

/** The two ways of training every backbone. */
export const trainings: Readonly<Record<Setting, (subject: Subject, made: Made) => Training>> = {
  plain: (_subject: Subject, { backbone }: Made) => ({ objective: objectiveOf(backbone), dispose: () => {} }),
  distilled,
};
