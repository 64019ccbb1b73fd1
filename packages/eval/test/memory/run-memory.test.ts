import { protocols } from '@balanced-rec/ckd-core';
import { type Dataset, synthesizeDataset } from '@balanced-rec/datasets';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { vbpr } from '@balanced-rec/vbpr';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type RunSettings, runMemory } from '../../src/index.js';
import { expectMemory } from '../../src/memory/memory-need.js';

const content = (scale: number) =>
  synthesizeDataset({ name: 'made', userCount: 100 * scale, itemCount: 80 * scale, interactionsPerUser: 10, seed: 1 });

function settingsWith(variant: string, config = {}): RunSettings {
  return {
    dataset: { name: 'made', path: '', modalities: ['image', 'text'] },
    backbone: { name: 'vbpr', config },
    ...{ variant, seed: 1, distillation: {}, modulation: {} },
    protocol: { ...protocols.mmrec, batchSize: 512 },
    measured: { metrics: ['recall'], cutoffs: [20] },
    engine: 'wasm',
  };
}

describe('what a run needs', () => {
  beforeAll(() => loadEngine('wasm'));
  const need = (variant: string, scale = 2, config = {}) =>
    runMemory(settingsWith(variant, config), content(scale) as unknown as Dataset, vbpr);

  test('has the parameters of the whole, from shares of it; leaves nothing on the engine', async () => {
    const before = tf.memory().numTensors;
    const { parameters, tensors } = await need('plain');
    expect(tf.memory().numTensors).toBe(before);
    const dataset = content(2);
    const columns = Object.values(dataset.features).reduce((sum, { columns: n }) => sum + n, 0);
    // Users and items have 64 numbers for themselves and users 64 for the features, to which matrices bring them; rounding aside.
    expect(parameters / 4).toBeGreaterThan((200 + 160) * 64);
    expect(parameters / 4).toBeLessThan((200 + 160) * 64 * 4 + columns * 64 * 2);
    expect(tensors).toBeGreaterThan(3 * parameters);
  });

  test('grows with the data, with embeddings and with teachers', async () => {
    const { total } = await need('plain');
    expect((await need('plain', 6)).total).toBeGreaterThan(total);
    expect((await need('plain', 2, { embeddingDim: 256 })).total).toBeGreaterThan(total);
    expect((await need('ckd')).total).toBeGreaterThan(total);
  });

  test('is refused where there is much less, with advice', () => {
    expectMemory({ id: 'a', bytes: 1e9 }, 0.8e9);
    expect(() => expectMemory({ id: 'a', bytes: 1e9 }, 0.7e9)).toThrow(
      /too little memory.*\n.*1\.0 GB\n.*0\.7 GB free/,
    );
  });
});
