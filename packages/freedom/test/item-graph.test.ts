import { type Matrix, onEachEngine, relativeError, rowsOf } from '@balanced-rec/naive';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { make, modalitySets, subsets, tablesOf } from './support/subject.js';

/** With unit vectors as ids and no layers over the interactions, an item's row is its own vector plus its row of the graph. */
function graphOf({ backbone, data }: Pick<ReturnType<typeof make>, 'backbone' | 'data'>, observed: readonly string[]) {
  tf.tidy(() => backbone.parameters.get('item.id').assign(tf.eye(data.itemCount)));
  const items = rowsOf(tablesOf(backbone, observed, 'evaluate'), data.itemCount).slice(data.userCount);
  return items.map((row, r) => row.map((value, c) => value - (r === c ? 1 : 0)));
}

function expectGraph(found: Matrix, expected: Matrix): void {
  expect(relativeError(found.flat(), expected.flat())).toBeLessThan(1e-6);
}

const exposed = { embeddingDim: 20, layers: 0 };

onEachEngine('the frozen item graph of FREEDOM matches the specification', () => {
  for (const weights of modalitySets) {
    for (const observed of subsets(Object.keys(weights)).slice(1)) {
      test(`of [${observed}] with the default weights of [${Object.keys(weights)}]`, () => {
        const made = make(weights, exposed);
        expectGraph(graphOf(made, observed), made.naive.itemGraph(observed));
        made.backbone.dispose();
      });
    }
  }

  test.each([
    { observed: ['image', 'text', 'sound'], weights: { image: 6, text: 3, sound: 1 } },
    { observed: ['text', 'sound'], weights: { image: 6, text: 3, sound: 1 } },
  ])('of $observed with custom weights', ({ observed, weights }) => {
    // "sound" keeps its default.
    const made = make(weights, { ...exposed, graphWeights: { image: 6, text: 3 } });
    expectGraph(graphOf(made, observed), made.naive.itemGraph(observed));
    made.backbone.dispose();
  });

  test('connects an item to k items, including itself, with weight 1/k each', () => {
    const made = make({ smell: 1 }, exposed);
    for (const [item, row] of graphOf(made, ['smell']).entries()) {
      expect(row[item]).toBeCloseTo(1 / 4, 6);
      expect(row.filter((value) => Math.abs(value) > 1e-6).map((value) => value.toFixed(6))).toEqual(
        Array(4).fill('0.250000'),
      );
    }
    made.backbone.dispose();
  });

  test('connects all items if there are fewer than k', () => {
    const made = make({ smell: 1 }, { ...exposed, neighbours: 25 });
    expectGraph(graphOf(made, ['smell']), Array(20).fill(Array(20).fill(1 / 20)));
    made.backbone.dispose();
  });
});
