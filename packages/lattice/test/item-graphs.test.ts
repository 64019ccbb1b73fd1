import { rankingTables } from '@balanced-rec/ckd-core';
import { type Matrix, matMul, normalized, onEachEngine, relativeError, rowsOf } from '@balanced-rec/naive';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { make, modalitySets, subsets } from './support/subject.js';

const parts = [
  { name: 'original', lambda: 1 },
  { name: 'learned', lambda: 0 },
  { name: 'mixed', lambda: 0.6 },
];

/** With unit vectors as ids and no collaboration, an item's row is its own vector plus its row of the graph, scaled to unit length. */
function graphOf(modalities: readonly string[], observed: readonly string[], lambda: number, itemLayers = 1) {
  const embeddingDim = 20;
  const { backbone, naive } = make(modalities, { cfModel: 'mf', embeddingDim, lambda, itemLayers });
  tf.tidy(() => backbone.parameters.get('item.id').assign(tf.eye(embeddingDim)));
  const found = rowsOf(rankingTables(backbone, observed).items, embeddingDim);
  backbone.dispose();
  const graph: Matrix = found.map((row, r) => row.map((value, c) => value - (r === c ? 1 : 0)));
  return { graph, expected: naive.itemGraph(observed) };
}

onEachEngine('the item graph of LATTICE matches the specification in double precision', () => {
  for (const modalities of modalitySets) {
    for (const observed of subsets(modalities).slice(1)) {
      for (const { name, lambda } of parts) {
        test(`${name}, of [${observed}] among [${modalities}]`, () => {
          const once = graphOf(modalities, observed, lambda);
          expect(relativeError(once.graph.flat(), normalized(once.expected).flat())).toBeLessThan(1e-5);
          // The length of its rows is visible in its square.
          const twice = graphOf(modalities, observed, lambda, 2);
          const square = matMul(twice.expected, twice.expected);
          expect(relativeError(twice.graph.flat(), normalized(square).flat())).toBeLessThan(1e-5);
        });
      }
    }
  }

  test.each(parts.slice(0, 2))('the $name graph connects an item to k items, including itself', ({ lambda }) => {
    const { graph } = graphOf(['smell'], ['smell'], lambda);
    for (const [item, row] of graph.entries()) {
      expect(row.filter((value) => Math.abs(value) > 1e-6)).toHaveLength(4);
      expect(row[item]).toBeGreaterThan(0);
    }
  });
});
