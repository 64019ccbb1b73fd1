import { sampleBatch } from '@balanced-rec/backbone-testkit';
import { objectiveOf } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError, slopes, stepOf } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { make, modalitySets, routings } from './support/subject.js';

onEachEngine('the objective of GRCN matches the specification in double precision', () => {
  for (const modalities of modalitySets) {
    for (const routing of routings) {
      // As a model, and as a teacher of one modality.
      for (const observed of modalities.length === 1 ? [modalities] : [modalities, ['audio']]) {
        test(`terms and gradients with [${observed}] of [${modalities}] known, routing as in the ${routing}`, () => {
          const { backbone, naive } = make({ modalities, routing });
          const batch = sampleBatch();
          const { terms, gradients } = stepOf(objectiveOf(backbone, observed), batch);
          const expected = naive.terms(observed, batch);
          expect(Object.keys(terms).sort()).toEqual(Object.keys(expected).sort());
          for (const [name, value] of Object.entries(expected)) expect(terms[name], name).toBeCloseTo(value, 5);
          expect(Object.keys(gradients).sort()).toEqual(Object.keys(naive.parameters).sort());
          for (const [name, parameter] of Object.entries(naive.parameters)) {
            const differences = slopes(parameter, () => naive.loss(observed, batch));
            // Little is left of an unknown modality, because its items are all alike.
            expect(relativeError(gradients[name]!, differences, 0.01), name).toBeLessThan(1e-4);
          }
          backbone.dispose();
        });
      }
    }
  }

  test('regularises the whole preference table of the first declared modality only', () => {
    const { backbone } = make({ modalities: ['video', 'audio', 'smell'], routing: 'reference' });
    const batch = sampleBatch();
    const { gradients } = stepOf(
      {
        parameters: backbone.parameters,
        loss: (triples, scope) => {
          const { embedding } = backbone.loss(triples, backbone.modalities, scope);
          return { terms: { embedding: embedding! } };
        },
      },
      batch,
    );
    expect(Object.keys(gradients).sort()).toEqual(['item.id', 'user.id', 'user.preference.video']);
    expect(gradients['user.preference.video']!.every((x) => x !== 0)).toBe(true);
    backbone.dispose();
  });
});
