import assert from 'node:assert/strict';
import { parameterValues } from '../subject/numbers.js';
import type { Check, Setting, Subject } from '../subject/subject.js';
import { trainFor, trainings } from '../subject/training.js';

const modalities = ['image', 'text'];

const initialValues: Check = {
  name: 'the same seed draws the same initial parameters, and another seed draws different ones',
  run: async (subject) => {
    assert.deepEqual(await initial(subject, 1), await initial(subject, 1));
    assert.notDeepEqual(await initial(subject, 1), await initial(subject, 2));
  },
};

export function determinismChecks(setting: Setting): readonly Check[] {
  const training: Check = {
    name: `three epochs of ${setting} training give identical bits for the same seed and different ones for another`,
    run: async (subject) => {
      const first = await trained(subject, setting, 1);
      assert.deepEqual(await trained(subject, setting, 1), first);
      assert.notDeepEqual(await trained(subject, setting, 2), first);
      assert.notDeepEqual(first.parameters, await initial(subject, 1), 'training changes the parameters');
    },
  };
  return setting === 'plain' ? [initialValues, training] : [training];
}

async function initial(subject: Subject, seed: number): Promise<Record<string, number[]>> {
  let values: Record<string, number[]> = {};
  await subject.with(
    modalities,
    ({ backbone }) => {
      values = parameterValues(backbone);
    },
    seed,
  );
  return values;
}

async function trained(subject: Subject, setting: Setting, seed: number) {
  const made = subject.make(modalities, { seed });
  const { objective, dispose } = trainings[setting](subject, made);
  try {
    const { history } = await trainFor(made, objective);
    return { parameters: parameterValues(made.backbone), history };
  } finally {
    dispose();
    made.backbone.dispose();
  }
}
