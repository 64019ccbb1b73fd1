import { RandomStreams } from '@balanced-rec/ckd-core';
import { defineBackbone, tableRepresentation } from '@balanced-rec/ckd-core/backbone';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { evaluateBackbone, inEvaluationScope, rankItems } from '../../src/index.js';

/** A backbone with given embeddings of one dimension: the score of u and i is users[u] * items[i]. */
function backboneOf(users: readonly number[], items: readonly number[]) {
  const definition = defineBackbone({
    name: 'fixed',
    configSchema: z.strictObject({}),
    supports: { negatives: false, rowAccess: true, trainableFeatures: false },
    create: ({ parameters }) => {
      const tables = {
        users: parameters.add('users', tf.tensor2d([...users], [users.length, 1])),
        items: parameters.add('items', tf.tensor2d([...items], [items.length, 1])),
      };
      return {
        represent: (observed, scope) =>
          tableRepresentation(observed.join(), { users: () => tables.users, items: () => tables.items }, scope),
        loss: () => ({}),
      };
    },
  });
  const features = { text: { rows: items.length, columns: 1, values: new Float32Array(items.length) } };
  const data = { userCount: users.length, itemCount: items.length, train: interactions([]), features };
  return definition.create({ data, random: new RandomStreams(1) });
}

/** Items by user, as compressed rows. */
function interactions(rows: readonly (readonly number[])[]) {
  const offsets = new Int32Array(rows.length + 1);
  for (const [user, row] of rows.entries()) offsets[user + 1] = offsets[user]! + row.length;
  return { offsets, items: Int32Array.from(rows.flat()) };
}

describe.each(['wasm', 'cpu'] as const)('full ranking on %s', (engine) => {
  let backbone: ReturnType<typeof backboneOf>;

  beforeAll(async () => {
    await loadEngine(engine);
  });
  afterEach(() => backbone.dispose());

  function rank(items: readonly number[], train: readonly (readonly number[])[], k: number, users?: number[]) {
    backbone = backboneOf(
      train.map(() => 1),
      items,
    );
    const data = { itemCount: items.length, train: interactions(train) };
    const chosen = Int32Array.from(users ?? train.keys());
    const { ids } = inEvaluationScope((scope) =>
      rankItems(backbone.represent(backbone.modalities, scope), data, chosen, k),
    );
    return Array.from(chosen, (_, row) => [...ids.subarray(row * k, (row + 1) * k)]);
  }

  test('puts the best first', () => {
    expect(rank([0.1, 0.4, 0.3, 0.2], [[]], 3)).toEqual([[1, 2, 3]]);
  });

  test("never recommends a user's training items, but does those of others", () => {
    expect(rank([0.1, 0.4, 0.3, 0.2], [[1, 3], [2], []], 2)).toEqual([
      [2, 0],
      [1, 3],
      [1, 2],
    ]);
  });

  test('breaks ties by the lower index', () => {
    expect(rank([2, 5, 2, 5, 2, 5], [[], [1]], 4)).toEqual([
      [1, 3, 5, 0],
      [3, 5, 0, 2],
    ]);
  });

  test('ranks as many as there are items, with -1 where the candidates end', () => {
    expect(rank([1, 2, 3], [[], [2]], 3)).toEqual([
      [2, 1, 0],
      [1, 0, -1],
    ]);
  });

  test('ranks chosen users only, in their order, over more than one block', () => {
    const train = Array.from({ length: 2500 }, (_, user) => [user % 3]);
    const users = Array.from({ length: 1100 }, (_, n) => 2499 - 2 * n);
    const lists = rank([1, 2, 3], train, 2, users);
    const best = [
      [2, 1],
      [2, 0],
      [1, 0],
    ];
    expect(lists).toEqual(users.map((user) => best[user % 3]));
  });

  test('leaves out users without training items and users without items in the split', () => {
    const train = interactions([[0], [], [1], [2]]);
    const split = interactions([[1], [1], [], [3]]);
    backbone = backboneOf([1, 1, 1, 1], [0.1, 0.4, 0.3, 0.2]);
    const { perUser, mean } = evaluateBackbone(backbone, ['text'], { itemCount: 4, train }, split, {
      metrics: ['recall', 'mrr'],
      cutoffs: [1, 2, 4],
    });
    // User 0 finds item 1 first; user 3 has 1, 3, 0 as candidates and finds 3 second.
    expect([...perUser['recall@1']!]).toEqual([1, 0]);
    expect([...perUser['recall@2']!]).toEqual([1, 1]);
    expect([...perUser['mrr@4']!]).toEqual([1, 0.5]);
    expect(mean['mrr@4']).toBe(0.75);
  });

  test('keeps no tensor', () => {
    backbone = backboneOf([1, 1], [1, 2, 3]);
    const data = { itemCount: 3, train: interactions([[0], [1]]) };
    const evaluate = () =>
      evaluateBackbone(backbone, ['text'], data, interactions([[1], [2]]), { metrics: ['recall'], cutoffs: [3] });
    evaluate();
    const before = tf.memory().numTensors;
    evaluate();
    expect(tf.memory().numTensors).toBe(before);
  });
});
