import assert from 'node:assert/strict';
import { parameterValues } from '../numbers.js';
import type { Check, Subject } from '../subject.js';
import { trainFor, trainings } from '../training.js';

const modalities = ['image', 'text'];

export const determinismChecks: readonly Check[] = [
  {
    name: 'the same seed draws the same initial parameters, another seed others',
    run: async (subject) => {
      assert.deepEqual(await initial(subject, 1), await initial(subject, 1));
      assert.notDeepEqual(await initial(subject, 1), await initial(subject, 2));
    },
  },
  ...(['plain', 'distilled'] as const).map(
    (kind): Check => ({
      name: `three epochs of ${kind} training from the same seed end at the same bits, from another seed at others`,
      run: async (subject) => {
        const first = await trained(subject, kind, 1);
        assert.deepEqual(await trained(subject, kind, 1), first);
        assert.notDeepEqual(await trained(subject, kind, 2), first);
        assert.notDeepEqual(first.parameters, await initial(subject, 1), 'training moves the parameters');
      },
    }),
  ),
];

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

async function trained(subject: Subject, kind: keyof typeof trainings, seed: number) {
  const made = subject.make(modalities, { seed });
  const { objective, dispose } = trainings[kind](subject, made);
  try {
    const { history } = await trainFor(made, objective);
    return { parameters: parameterValues(made.backbone), history };
  } finally {
    dispose();
    made.backbone.dispose();
  }
}
