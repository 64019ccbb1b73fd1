import { sampleBatch } from '@balanced-rec/backbone-testkit';
import { objectiveOf } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError, slopes, stepOf } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { make, modalitySets } from './support/subject.js';

const batch = sampleBatch();

onEachEngine("BM3's objective matches the specification in double precision", () => {
  for (const modalities of modalitySets) {
    // As a model, and as a teacher of one modality, which drops the terms of the others.
    for (const observed of modalities.length === 1 ? [modalities] : [modalities, ['audio']]) {
      test.each([1, 2])(`terms and gradients with [${observed}] of [${modalities}] known and %i layers`, (layers) => {
        const { backbone, naive } = make(modalities, { layers });
        const { terms, gradients } = stepOf(objectiveOf(backbone, observed), batch);
        const targets = naive.targets(batch);
        const expected = naive.terms(observed, batch, targets);
        expect(Object.keys(terms).sort()).toEqual(Object.keys(expected).sort());
        for (const [name, value] of Object.entries(expected)) expect(terms[name], name).toBeCloseTo(value, 5);
        const ofContent = (m: string) => [`features.${m}`, `projection.${m}.kernel`, `projection.${m}.bias`];
        const shared = ['user.id', 'item.id', 'predictor.kernel', 'predictor.bias'];
        expect(Object.keys(gradients).sort()).toEqual([...shared, ...observed.flatMap(ofContent)].sort());
        for (const [name, gradient] of Object.entries(gradients)) {
          const differences = slopes(naive.parameters[name]!, () => naive.loss(observed, batch, targets));
          expect(relativeError(gradient, differences), name).toBeLessThan(1e-4);
        }
        backbone.dispose();
      });
    }
  }

  test("the batch's negatives have no effect", () => {
    const { backbone } = make(['video', 'audio', 'smell']);
    const objective = objectiveOf(backbone);
    const others = { ...batch, negatives: batch.negatives.map((item) => (item + 7) % 20) };
    expect(stepOf(objective, others)).toEqual(stepOf(objective, batch));
    // Its positives do.
    expect(stepOf(objective, { ...batch, positives: others.negatives })).not.toEqual(stepOf(objective, batch));
    backbone.dispose();
  });
});
