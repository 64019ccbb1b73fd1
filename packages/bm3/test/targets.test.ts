import { sampleBatch } from '@balanced-rec/backbone-testkit';
import type { Backbone, Objective } from '@balanced-rec/ckd-core';
import { onEachEngine, relativeError, slopes, stepOf } from '@balanced-rec/naive';
import { expect, test } from 'vitest';
import { make } from './support/subject.js';

const batch = sampleBatch();

/** The gradients of one term of the objective. */
function gradientsOf(backbone: Backbone, term: string) {
  const objective: Objective = {
    parameters: backbone.parameters,
    loss: (triples, scope) => ({ terms: { [term]: backbone.loss(triples, backbone.modalities, scope)[term]! } }),
  };
  return stepOf(objective, batch).gradients;
}

onEachEngine("BM3's targets carry no gradient", () => {
  // Without layers, the users' embeddings depend only on the users' ids, and the items' only on the items'.
  test.each([
    { term: 'user-item', embeddings: ['user.id'] },
    { term: 'item-user', embeddings: ['item.id'] },
    { term: 'alignment.audio', embeddings: ['features.audio', 'projection.audio.kernel', 'projection.audio.bias'] },
    { term: 'consistency.audio', embeddings: ['features.audio', 'projection.audio.kernel', 'projection.audio.bias'] },
  ])('$term moves its embeddings and the predictor towards a fixed target', ({ term, embeddings }) => {
    const { backbone, naive } = make(['video', 'audio'], { layers: 0 });
    const gradients = gradientsOf(backbone, term);
    const moved = Object.keys(gradients).filter((name) => gradients[name]!.some((x) => x !== 0));
    expect(moved.sort()).toEqual([...embeddings, 'predictor.kernel', 'predictor.bias'].sort());
    const targets = naive.targets(batch);
    for (const name of moved) {
      const differences = slopes(naive.parameters[name]!, () => naive.terms(['audio'], batch, targets)[term]!);
      expect(relativeError(gradients[name]!, differences), name).toBeLessThan(1e-4);
    }
    backbone.dispose();
  });
});
