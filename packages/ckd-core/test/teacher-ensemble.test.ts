import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { type Backbone, type ObservedSet, StepScope } from '../src/backbone.js';
import { freezeTeacher, rankingTables, type Teacher, teacherEnsemble, teacherTables } from '../src/index.js';
import { smallBatch, smallData } from './support/data.js';
import { onEachEngine } from './support/engines.js';
import { naiveMargins } from './support/naive-margins.js';
import { expectClose } from './support/numbers.js';
import { makeSmall } from './support/small-backbone.js';

const modalities = ['image', 'text', 'audio'];
const { userCount, itemCount } = smallData();

/** Every non-empty set of observed modalities. */
const subsets: ObservedSet[] = Array.from({ length: 2 ** modalities.length - 1 }, (_, k) =>
  modalities.filter((_, m) => ((k + 1) >> m) & 1),
);

function make(): { ensemble: Backbone; teachers: Teacher[]; dispose: () => void } {
  const teachers = modalities.map((m, k) => {
    const model = makeSmall(modalities, 50 + k);
    const teacher = freezeTeacher(model, m);
    model.dispose();
    return teacher;
  });
  const dispose = () => {
    for (const teacher of teachers) teacher.dispose();
  };
  return { ensemble: teacherEnsemble('small', teachers), teachers, dispose };
}

/** The scores of all users and items, in double precision. */
function scoresOf({ dimension: d, users, items }: ReturnType<typeof rankingTables>): number[] {
  return Array.from({ length: userCount * itemCount }, (_, at) => {
    const [user, item] = [Math.floor(at / itemCount), at % itemCount];
    let sum = 0;
    for (let c = 0; c < d; c++) sum += users[user * d + c]! * items[item * d + c]!;
    return sum;
  });
}

const sum = (lists: readonly ArrayLike<number>[]) =>
  Array.from(lists[0]!, (_, k) => lists.reduce((s, x) => s + x[k]!, 0));

onEachEngine('the ensemble of the teachers', () => {
  test.each(subsets.map((observed) => [observed]))('scores under %j with the sum of its teachers', (observed) => {
    const { ensemble, teachers, dispose } = make();
    const own = teachers.filter(({ modality }) => observed.includes(modality)).map(teacherTables);
    expectClose(scoresOf(rankingTables(ensemble, observed)), sum(own.map(scoresOf)), 1e-6);
    tf.tidy(() => {
      const batch = smallBatch();
      const view = ensemble.represent(observed, new StepScope('evaluate'));
      const expected = sum(own.map((tables) => naiveMargins(tables, batch)));
      expectClose(view.margins(batch).dataSync(), expected, 1e-5);
    });
    dispose();
  });

  test("has nothing to train, and the backbone's name and modalities", () => {
    const { ensemble, dispose } = make();
    expect({ name: ensemble.name, modalities: ensemble.modalities }).toEqual({ name: 'small', modalities });
    expect(ensemble.parameters.trainableCount).toBe(0);
    expect(ensemble.loss(smallBatch(), modalities, new StepScope('train'))).toEqual({});
    dispose();
  });

  test('leaves the teachers to the caller and no tensor behind', () => {
    const before = tf.memory().numTensors;
    const { ensemble, teachers, dispose } = make();
    const made = tf.memory().numTensors;
    rankingTables(ensemble);
    ensemble.dispose();
    expect(tf.memory().numTensors).toBe(made);
    expect(teachers[0]!.users.isDisposed).toBe(false);
    dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
