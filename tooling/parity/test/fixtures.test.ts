import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkFixture } from '../src/check-fixture.js';
import { passes } from '../src/comparison.js';
import { type BackboneFixture, readFixture } from '../src/fixture.js';
import { fixtureNames, fixturePath } from './support/fixtures.js';
import { permuted } from './support/permuted.js';

/** These fixtures must exist. Fixtures of unsupported models are skipped. */
const built = [
  ...['adjacency-1', 'metrics-1', 'ckd-mmgcn-1', 'ckd-vbpr-1', 'vbpr-1', 'mmgcn-1'],
  ...['grcn-1', 'grcn-itemToUserRouting-1', 'lattice-1', 'bm3-1', 'freedom-1'],
].map((n) => `${n}.json`);

const absent = fixtureNames.length === 0;

describe.each(['wasm', 'cpu'] as const satisfies EngineName[])('agreement with the reference, on %s', (engine) => {
  beforeAll(async () => {
    await loadEngine(engine);
  });

  test.skipIf(absent)('has a fixture for every supported model (skipped without ../shared/fixtures)', () => {
    expect(fixtureNames).toEqual(expect.arrayContaining(built));
  });

  for (const name of absent ? built : fixtureNames) {
    test.skipIf(absent)(name, async ({ skip }) => {
      const fixture = await readFixture(fixturePath(name));
      const quantities = checkFixture(fixture);
      if (!quantities) {
        expect(built).not.toContain(name);
        return skip(`the model "${fixture.model}" is not supported yet`);
      }
      expect(quantities.length).toBeGreaterThan(3);
      expect(quantities.filter((quantity) => !passes(quantity))).toEqual([]);
    });
  }

  test.skipIf(absent).each(['vbpr-1.json', 'mmgcn-1.json'])(
    'still agrees on %s after users and items are renumbered',
    async (name) => {
      const original = (await readFixture(fixturePath(name))) as unknown as BackboneFixture;
      const moved = permuted(original);
      expect(moved.forward).not.toEqual(original.forward);
      const quantities = checkFixture(moved as never)!;
      expect(quantities).toHaveLength(checkFixture(original as never)!.length);
      expect(quantities.filter((quantity) => !passes(quantity))).toEqual([]);
    },
  );

  test.skipIf(absent)('fails exactly the quantity that contains a wrong number', async () => {
    const fixture = (await readFixture(fixturePath('vbpr-1.json'))) as unknown as BackboneFixture;
    const grads = structuredClone(fixture.grads) as Record<string, { shape: number[]; data: number[] }>;
    grads['item.id']!.data[0]! += 1e-3;
    const failed = checkFixture({ ...fixture, grads } as never)!.filter((quantity) => !passes(quantity));
    expect(failed.map(({ name }) => name)).toEqual(['gradient item.id']);
  });

  test.skipIf(absent).each(['vbpr-1.json', 'ckd-mmgcn-1.json', 'adjacency-1.json', 'metrics-1.json'])(
    'leaks no tensors when it checks %s',
    async (name) => {
      const fixture = await readFixture(fixturePath(name));
      const before = tf.memory().numTensors;
      checkFixture(fixture);
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
