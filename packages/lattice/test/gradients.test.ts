import { sampleBatch } from '@balanced-rec/backbone-testkit';
import { objectiveOf, RandomStreams } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError, slopes, stepOf } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { make, modalitySets, shift } from './support/subject.js';

const batch = sampleBatch();
const ids = ['user.id', 'item.id'];

/** The parameters that the learned graphs of the modalities are built from. */
function graphParameters(modalities: readonly string[]): string[] {
  const ofOne = (m: string) => [`features.${m}`, `projection.${m}.kernel`, `projection.${m}.bias`];
  return [...modalities.flatMap(ofOne), 'modalWeight'];
}

function isZero(gradient: Float32Array | undefined): boolean {
  return (gradient ?? []).every((x) => x === 0);
}

onEachEngine("LATTICE's objective matches the specification in double precision", () => {
  for (const modalities of modalitySets) {
    // As a model, and as a teacher of one modality.
    for (const observed of modalities.length === 1 ? [modalities] : [modalities, ['audio']]) {
      for (const cfModel of ['lightgcn', 'mf'] as const) {
        const title = `with [${observed}] of [${modalities}] known, ${cfModel}`;

        test(`terms and gradients in an epoch's first step, through the learned graphs, ${title}`, () => {
          const { backbone, naive } = make(modalities, { cfModel });
          const { terms, gradients } = stepOf(objectiveOf(backbone, observed), batch);
          const expected = naive.terms(observed, batch);
          expect(terms.bpr).toBeCloseTo(expected.bpr, 5);
          expect(terms.regularizer).toBeCloseTo(expected.regularizer, 5);
          const reached = [...ids, ...graphParameters(observed)];
          for (const name of reached) {
            const differences = slopes(naive.parameters[name]!, () => naive.loss(observed, batch));
            expect(relativeError(gradients[name]!, differences, 1e-3), name).toBeLessThan(1e-4);
            // The softmax of a single weight is always 1.
            expect(isZero(gradients[name]), name).toBe(name === 'modalWeight' && observed.length === 1);
          }
          for (const name of backbone.parameters.names) {
            if (!reached.includes(name)) expect(isZero(gradients[name]), name).toBe(true);
          }
          backbone.dispose();
        });

        test(`terms and gradients of the ids only, in the epoch's other steps, ${title}`, () => {
          const { backbone, naive } = make(modalities, { cfModel });
          const objective = objectiveOf(backbone, observed);
          const first = naive.learned();
          stepOf(objective, batch);
          for (const seed of [5, 6]) {
            shift(backbone, seed);
            naive.moveTo(backbone.parameters.snapshot());
            const { terms, gradients } = stepOf(objective, batch);
            const expected = naive.terms(observed, batch, first);
            expect(terms.bpr).toBeCloseTo(expected.bpr, 5);
            for (const name of ids) {
              const differences = slopes(naive.parameters[name]!, () => naive.loss(observed, batch, first));
              expect(relativeError(gradients[name]!, differences), name).toBeLessThan(1e-4);
            }
            for (const name of graphParameters(modalities)) expect(isZero(gradients[name]), name).toBe(true);
          }
          // The next epoch's first step carries gradients again.
          objective.beginEpoch!(2, new RandomStreams(1));
          const { gradients } = stepOf(objective, batch);
          for (const m of observed) expect(isZero(gradients[`features.${m}`])).toBe(false);
          backbone.dispose();
        });
      }
    }
  }

  test('features are trained by default', () => {
    const fixed = make(['smell'], { trainFeatures: false });
    const { gradients } = stepOf(objectiveOf(fixed.backbone), batch);
    expect(Object.keys(gradients)).not.toContain('features.smell');
    expect(isZero(gradients['projection.smell.kernel'])).toBe(false);
    fixed.backbone.dispose();
  });
});
