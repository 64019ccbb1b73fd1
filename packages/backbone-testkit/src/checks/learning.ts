import assert from 'node:assert/strict';
import {
  distill,
  freezeTeacher,
  type Objective,
  objectiveOf,
  type Teacher,
  uniformPairs,
} from '@balanced-rec/ckd-core';
import { type DatasetContent, synthesizeDataset } from '@balanced-rec/datasets';
import type { Check, Made, Setting, Subject } from '../subject/subject.js';
import { trainFor } from '../subject/training.js';
import { chanceRecall, cutoff, modelRecall, popularityRecall } from './recall.js';

/** Users choose by what both modalities show; no item is popular in itself. */
const planted = () =>
  synthesizeDataset({
    seed: 1,
    userCount: 60,
    itemCount: 40,
    interactionsPerUser: 12,
    factorCount: 2,
    popularity: 0,
    chance: 0.1,
    modalities: [
      { name: 'image', dimension: 6, strength: 2, noise: 0.3 },
      { name: 'text', dimension: 8, strength: 2, noise: 0.3 },
    ],
  });

/** A trained model must reach this multiple of the floor's recall. */
const leastGain = 1.3;
// Each step covers all interactions, so that chance matters little and engines reach about the same recall although they round differently.
const schedule = { epochs: 30, learningRate: 0.03 };

export function learningChecks(setting: Setting): readonly Check[] {
  return [
    {
      name: `${setting} training recovers planted tastes: its recall is at least ${leastGain} times that of popularity and of chance`,
      run: async (subject) => {
        const data = planted();
        const found = setting === 'plain' ? await plainRecall(subject, data) : await distilledRecall(subject, data);
        const floor = Math.max(popularityRecall(data), chanceRecall(data));
        assert.ok(found >= leastGain * floor, `recall@${cutoff} is ${found}, that of popularity or chance is ${floor}`);
      },
    },
  ];
}

async function plainRecall(subject: Subject, data: DatasetContent): Promise<number> {
  return trainedOn(
    subject,
    data,
    ({ backbone }) => objectiveOf(backbone),
    ({ backbone }) => modelRecall(data, backbone),
  );
}

/** Distils from teachers that were trained themselves. */
async function distilledRecall(subject: Subject, data: DatasetContent): Promise<number> {
  const teachers: Teacher[] = [];
  for (const m of data.modalities) {
    const alone = ({ backbone }: Made) => objectiveOf(backbone, [m]);
    teachers.push(await trainedOn(subject, data, alone, ({ backbone }) => freezeTeacher(backbone, m)));
  }
  const withTeachers = ({ backbone, random }: Made) =>
    distill(backbone, teachers, uniformPairs(data, 40, random.stream('distillation')), { kdRatio: 0.5 });
  const found = await trainedOn(subject, data, withTeachers, ({ backbone }) => modelRecall(data, backbone));
  for (const teacher of teachers) teacher.dispose();
  return found;
}

async function trainedOn<T>(
  subject: Subject,
  data: DatasetContent,
  objectiveFor: (made: Made) => Objective,
  use: (made: Made) => T,
): Promise<T> {
  const made = subject.make(data.modalities, { data, batchSize: 512 });
  try {
    await trainFor(made, objectiveFor(made), { ...schedule, evaluateEvery: schedule.epochs });
    return use(made);
  } finally {
    made.backbone.dispose();
  }
}
