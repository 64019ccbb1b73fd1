import assert from 'node:assert/strict';
import { distill, rankingTables, teacherFromTables, uniformPairs } from '@balanced-rec/ckd-core';
import { RandomGenerator, StepScope } from '@balanced-rec/ckd-core/backbone';
import { BalancedRecError } from '@balanced-rec/errors';
import * as tf from '@tensorflow/tfjs-core';
import { marginsFrom, tablesOf } from '../subject/numbers.js';
import { sampleBatch } from '../subject/sample-data.js';
import { type Check, modalitySets } from '../subject/subject.js';
import { distilled, teachersOf, trainFor } from '../subject/training.js';

export const distillationChecks: readonly Check[] = [
  ...modalitySets.distilled.flatMap((modalities): Check[] => [
    {
      name: `over ${modalities.join(', ')} trains with finite terms and a weight per modality`,
      run: (subject) =>
        subject.with(modalities, async (made) => {
          const { objective, dispose } = distilled(subject, made);
          const { history } = await trainFor(made, objective);
          dispose();
          assert.equal(history.length, 3);
          for (const { losses, measures } of history) {
            assert.ok(Object.values({ ...losses, ...measures }).every(Number.isFinite));
            assert.ok(losses.distillation! > 0);
            const weights = modalities.map((m) => measures[`weight.${m}`]!);
            const sum = weights.reduce((a, b) => a + b);
            assert.ok(Math.abs(sum - modalities.length) < 1e-5, `the weights add up to ${sum}`);
          }
        }),
    },
    {
      name: `over ${modalities.join(', ')} teaches nothing to a student that is its own teacher`,
      run: (subject) =>
        subject.with(modalities, ({ backbone, data }) => {
          // The student's own views, not the view that a teacher of this backbone would rank with.
          const teachers = modalities.map((m) => teacherFromTables(m, rankingTables(backbone, [m])));
          const objective = distill(backbone, teachers, uniformPairs(data, 40, new RandomGenerator([1, 1, 1, 1])));
          const pairs = sampleBatch(40, 4);
          tf.tidy(() => {
            const step = objective.distillation(sampleBatch(), pairs, new StepScope('train'));
            for (const m of modalities) {
              const lacking = Math.max(...step.specific![m]!.dataSync());
              assert.ok(lacking < 1e-5, `${m}: specific ${lacking}`);
              const entropy = meanLabelEntropy(marginsFrom(tablesOf(backbone, [m]), pairs), 0.1);
              const generic = step.generic![m]!.dataSync()[0]!;
              assert.ok(Math.abs(generic - entropy) < 1e-4, `${m}: generic ${generic}, entropy ${entropy}`);
            }
          });
          for (const teacher of teachers) teacher.dispose();
        }),
    },
  ]),
  {
    name: 'over one modality is refused',
    run: (subject) =>
      subject.with(['smell'], (made) => {
        const teachers = teachersOf(subject, ['smell']);
        const pairs = uniformPairs(made.data, 40, made.random.stream('distillation'));
        assert.throws(
          () => distill(made.backbone, teachers, pairs),
          (error) => error instanceof BalancedRecError && error.code === 'distill/one-modality',
        );
        for (const teacher of teachers) teacher.dispose();
      }),
  },
];

/** The minimum of the generic term: the mean entropy of the teacher's labels. */
function meanLabelEntropy(margins: Float64Array, temperature: number): number {
  const entropies = margins.map((margin) => {
    const t = 1 / (1 + Math.exp(-margin / temperature));
    return -(t * Math.log(t + 1e-8) + (1 - t) * Math.log(1 - t + 1e-8));
  });
  return entropies.reduce((a, b) => a + b, 0) / entropies.length;
}
