import { RandomStreams, recallValidation } from '@balanced-rec/ckd-core';
import { synthesizeDataset } from '@balanced-rec/datasets';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';
import { beforeAll, expect, test } from 'vitest';
import { evaluateBackbone } from '../../src/index.js';

beforeAll(() => loadEngine('wasm'));

test("the core's own validation is the evaluation's recall, under any view", () => {
  const data = synthesizeDataset({ userCount: 80, itemCount: 60, seed: 1 });
  const model = vbpr.create({ data, random: new RandomStreams(1) });
  const validate = recallValidation({ train: data.train, heldOut: data.validation, k: 10 });
  for (const observed of [undefined, ...data.modalities.map((modality) => [modality])]) {
    const measured = evaluateBackbone(model, observed ?? model.modalities, data, data.validation, {
      metrics: ['recall'],
      cutoffs: [10],
    });
    const { score, metrics } = validate(model, observed);
    expect(score).toBeGreaterThan(0);
    expect(score).toBeCloseTo(measured.mean['recall@10']!, 12);
    expect(metrics).toEqual({ 'recall@10': score });
  }
  model.dispose();
});

test('nothing held out is an error at once', () => {
  const nothing = { offsets: new Int32Array(4), items: new Int32Array(0) };
  expect(() => recallValidation({ train: nothing, heldOut: nothing, k: 10 })).toThrow(/3 users without any/);
});
