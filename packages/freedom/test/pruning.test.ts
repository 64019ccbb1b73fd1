import { RandomStreams } from '@balanced-rec/ckd-core';
import { type Matrix, onEachEngine, relativeError, rowsOf } from '@balanced-rec/naive';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { drawKept } from '../src/pruned-interactions.js';
import type { Edge } from './support/naive-freedom.js';
import { make, modalitySets, subsets, tablesOf } from './support/subject.js';

const weights = { smell: 1 };
const dropout = 0.6;

/** A backbone with unit vectors as ids and one layer. Without modalities, twice a node's row is its vector plus its adjacency row. */
function exposed(overrides: { dropout?: number } = {}) {
  const nodes = 50;
  const made = make(weights, { embeddingDim: nodes, layers: 1, dropout, ...overrides });
  tf.tidy(() => {
    const vectors = tf.eye(nodes);
    made.backbone.parameters.get('user.id').assign(tf.slice(vectors, 0, 30));
    made.backbone.parameters.get('item.id').assign(tf.slice(vectors, 30));
  });
  const adjacency = (phase: 'train' | 'evaluate'): Matrix =>
    rowsOf(tablesOf(made.backbone, [], phase), nodes).map((row, r) =>
      row.map((value, c) => 2 * value - (r === c ? 1 : 0)),
    );
  return { ...made, adjacency };
}

function edgesOf(adjacency: Matrix): Edge[] {
  return adjacency
    .slice(0, 30)
    .flatMap((row, user) => row.flatMap((value, node) => (Math.abs(value) > 1e-6 ? [[user, node - 30] as const] : [])));
}

onEachEngine('the interactions that FREEDOM propagates over', () => {
  test('are those that the epoch keeps in training, with degrees counted over them, and all in evaluation', () => {
    const { backbone, naive, adjacency } = exposed();
    for (const epoch of [1, 2]) {
      backbone.beginEpoch!(epoch, new RandomStreams(epoch));
      const pruned = adjacency('train');
      const kept = edgesOf(pruned);
      expect(kept).toHaveLength(Math.floor(naive.edges.length * (1 - dropout)));
      expect(naive.edges).toEqual(expect.arrayContaining(kept));
      expect(relativeError(pruned.flat(), naive.adjacency(kept).flat())).toBeLessThan(1e-6);
      for (const [r, row] of pruned.entries())
        for (const [c, value] of row.entries()) expect(pruned[c]![r]).toBe(value);
      expect(relativeError(adjacency('evaluate').flat(), naive.adjacency(naive.edges).flat())).toBeLessThan(1e-6);
    }
    backbone.dispose();
  });

  test('are drawn by the degrees of all interactions, from the pruning stream', () => {
    const { backbone, naive, adjacency } = exposed();
    const streams = new RandomStreams(7);
    const twin = new RandomStreams(7).stream('pruning');
    const drawn = [1, 2, 3].map((epoch) => {
      backbone.beginEpoch!(epoch, streams);
      const kept = edgesOf(adjacency('train'));
      const ids = drawKept(Float32Array.from(naive.keepWeights()), dropout, twin);
      expect(kept).toEqual([...ids].map((k) => naive.edges[k]));
      return kept.join(' ');
    });
    expect(new Set(drawn).size).toBe(3);
    backbone.dispose();
  });

  test('are all of them if nothing is dropped', () => {
    const { backbone, naive, adjacency } = exposed({ dropout: 0 });
    backbone.beginEpoch!(1, new RandomStreams(1));
    expect(relativeError(adjacency('train').flat(), naive.adjacency(naive.edges).flat())).toBeLessThan(1e-6);
    backbone.dispose();
  });

  test.each(modalitySets)('are the same for every view of a training step (%j)', (set) => {
    const { backbone, naive, modalities } = make(set, { dropout });
    backbone.beginEpoch!(1, new RandomStreams(7));
    const ids = drawKept(Float32Array.from(naive.keepWeights()), dropout, new RandomStreams(7).stream('pruning'));
    const kept = [...ids].map((k) => naive.edges[k]!);
    for (const observed of subsets(modalities)) {
      const found = tablesOf(backbone, observed, 'train');
      expect(relativeError(found, naive.represent(observed, kept).flat()), `${observed}`).toBeLessThan(1e-5);
    }
    backbone.dispose();
  });
});
