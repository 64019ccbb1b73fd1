import { sampleBatch } from '@balanced-rec/backbone-testkit';
import { objectiveOf, RandomStreams } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError, slopes, stepOf } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { drawKept } from '../src/pruned-interactions.js';
import { make, modalitySets } from './support/subject.js';

const dropout = 0.6;

onEachEngine("FREEDOM's objective matches the specification in double precision", () => {
  for (const weights of modalitySets) {
    const modalities = Object.keys(weights);
    // As a model, and as a teacher of one modality.
    for (const observed of modalities.length === 1 ? [modalities] : [modalities, modalities.slice(1, 2)]) {
      test(`terms and gradients over the pruned interactions with [${observed}] of [${modalities}] known`, () => {
        const { backbone, naive } = make(weights, { dropout });
        const batch = sampleBatch();
        const objective = objectiveOf(backbone, observed);
        objective.beginEpoch!(1, new RandomStreams(7));
        const ids = drawKept(Float32Array.from(naive.keepWeights()), dropout, new RandomStreams(7).stream('pruning'));
        const kept = [...ids].map((k) => naive.edges[k]!);
        const { terms, gradients } = stepOf(objective, batch);
        const expected = naive.terms(observed, batch, kept);
        expect(Object.keys(terms).sort()).toEqual(Object.keys(expected).sort());
        for (const [name, value] of Object.entries(expected)) expect(terms[name], name).toBeCloseTo(value, 5);
        const ofContent = (m: string) => [`features.${m}`, `projection.${m}.kernel`, `projection.${m}.bias`];
        const reached = ['user.id', 'item.id', ...observed.flatMap(ofContent)];
        expect(Object.keys(gradients).sort()).toEqual(reached.sort());
        for (const name of reached) {
          const differences = slopes(naive.parameters[name]!, () => naive.loss(observed, batch, kept));
          // A bias moves both items of a triple equally.
          expect(relativeError(gradients[name]!, differences, 1e-3), name).toBeLessThan(1e-4);
        }
        backbone.dispose();
      });
    }
  }
});
