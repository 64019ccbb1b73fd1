import {
  bipartiteAdjacency,
  bprLoss,
  defineBackbone,
  idEmbeddings,
  lightGcn,
  type ObservedSet,
  projectedFeatures,
  type StepScope,
  splitNodes,
  tableRepresentation,
  viewKey,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import { type CsrMatrix, tripleMargins } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { freedomConfigSchema } from './config.js';
import { frozenItemGraph } from './frozen-item-graph.js';
import { drawKept, edgeValues, listInteractions, prunedAdjacency } from './pruned-interactions.js';

/**
 * FREEDOM (Zhou & Shen, ACM MM 2023) for any number of modalities, as MMRec has it: a frozen item graph, and interactions
 * that are pruned anew in each epoch of training. do(m): the item graph of m is taken away, the other weights renormalised.
 */
export const freedom = defineBackbone({
  name: 'freedom',
  configSchema: freedomConfigSchema,
  supports: { negatives: true, rowAccess: false, trainableFeatures: true },
  create({ config, data, modalities, random, parameters, neighboursOf }) {
    const { userCount } = data;
    const init = random.stream('init');
    const d = config.embeddingDim;
    const fullAdjacency = bipartiteAdjacency(data, 'symmetric');
    const interactions = listInteractions(data);
    const everything = Int32Array.from(interactions.users, (_, k) => k);
    const edgeWeights = edgeValues(interactions, everything);
    const ids = idEmbeddings(parameters, data, d, xavierUniform, init);
    const content = modalities.map((name) => {
      const options = { trainable: config.trainFeatures, width: d };
      const projected = projectedFeatures(parameters, name, data.features[name]!, options, init);
      const graph = frozenItemGraph(neighboursOf(name, config.neighbours));
      return { name, projected, graph, weight: config.graphWeights[name] ?? 1 };
    });
    let pruned: CsrMatrix | undefined;

    const propagated = (scope: StepScope) =>
      scope.once('propagated', () => {
        const adjacency = scope.phase === 'train' ? (pruned ?? fullAdjacency) : fullAdjacency;
        const nodes = lightGcn(adjacency, ids.nodes(scope), config.layers);
        return splitNodes(nodes, userCount);
      });
    const spread = (m: (typeof content)[number], depth: number, x: tf.Tensor2D, scope: StepScope): tf.Tensor2D =>
      // The first layer starts from the same rows in every view.
      depth === 0 ? scope.once(`spread:${m.name}`, () => m.graph.matMul(x)) : m.graph.matMul(x);
    /** The item graph of a view is never summed up: a weighted sum of products needs no matrix for each view. */
    const itemStructure = (observed: ObservedSet, scope: StepScope): tf.Tensor2D => {
      const seen = content.filter(({ name }) => observed.includes(name));
      const total = seen.reduce((sum, { weight }) => sum + weight, 0);
      let h: tf.Tensor2D = ids.items;
      for (let depth = 0; depth < config.itemLayers; depth++) {
        const from = h;
        h = tf.addN(seen.map((m) => tf.mul<tf.Tensor2D>(spread(m, depth, from, scope), m.weight / total)));
      }
      return h;
    };
    const itemTable = (observed: ObservedSet, scope: StepScope) =>
      scope.once(`items:${viewKey(observed)}`, () => {
        const { items } = propagated(scope);
        return observed.length === 0 ? items : tf.add<tf.Tensor2D>(items, itemStructure(observed, scope));
      });

    return {
      represent: (observed, scope) =>
        tableRepresentation(
          viewKey(observed),
          { users: () => propagated(scope).users, items: () => itemTable(observed, scope) },
          scope,
        ),
      loss(batch, observed, scope) {
        const terms: Record<string, tf.Scalar> = { bpr: bprLoss(this.represent(observed, scope).margins(batch)) };
        for (const { name, projected } of content.filter((m) => observed.includes(m.name))) {
          const { table, positions } = projected.rowsOf([batch.positives, batch.negatives], scope);
          const [positives, negatives] = positions as [Int32Array, Int32Array];
          const margins = tripleMargins(propagated(scope).users, table, { users: batch.users, positives, negatives });
          terms[`bpr.${name}`] = tf.mul(bprLoss(margins), config.regWeight);
        }
        return terms;
      },
      beginEpoch: (_epoch, streams) => {
        if (config.dropout === 0) return;
        pruned?.dispose();
        pruned = prunedAdjacency(interactions, drawKept(edgeWeights, config.dropout, streams.stream('pruning')));
      },
      dispose: () => {
        for (const graph of [fullAdjacency, pruned, ...content.map((m) => m.graph)]) graph?.dispose();
      },
    };
  },
});
