import {
  bipartiteAdjacency,
  bprLoss,
  defineBackbone,
  itemFeatures,
  lightGcn,
  linearLayer,
  type ObservedSet,
  type StepScope,
  sumMatrices,
  tableRepresentation,
  viewKey,
  xavierUniform,
} from '@balanced-rec/ckd-core';
import { type CsrMatrix, gatherRows, rowDot } from '@balanced-rec/tfjs-kernels';
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
  create({ config, data, modalities, random, parameters }) {
    const { userCount, itemCount } = data;
    const init = random.stream('init');
    const d = config.embeddingDim;
    const fullAdjacency = bipartiteAdjacency(data, 'symmetric');
    const interactions = listInteractions(data);
    const everything = Int32Array.from(interactions.users, (_, k) => k);
    const edgeWeights = edgeValues(interactions, everything);
    const userId = parameters.add('user.id', xavierUniform(userCount, d, init));
    const itemId = parameters.add('item.id', xavierUniform(itemCount, d, init));
    const content = modalities.map((name) => {
      const features = itemFeatures(parameters, name, data.features[name]!, { trainable: config.trainFeatures });
      const projection = linearLayer(parameters, `projection.${name}`, features.columns, d, init);
      const matrix = frozenItemGraph(data.features[name]!, config.neighbours);
      return { name, features, projection, matrix, weight: config.graphWeights[name] ?? 1 };
    });
    const itemGraphs = new Map<string, CsrMatrix>();
    const itemGraph = (observed: ObservedSet): CsrMatrix => {
      const key = viewKey(observed);
      const seen = content.filter(({ name }) => observed.includes(name));
      const total = seen.reduce((sum, { weight }) => sum + weight, 0);
      const graph =
        itemGraphs.get(key) ?? sumMatrices(seen.map(({ matrix, weight }) => ({ matrix, weight: weight / total })));
      itemGraphs.set(key, graph);
      return graph;
    };
    let pruned: CsrMatrix | undefined;

    const propagated = (scope: StepScope) =>
      scope.once('propagated', () => {
        const adjacency = scope.phase === 'train' ? (pruned ?? fullAdjacency) : fullAdjacency;
        const nodes = lightGcn(adjacency, tf.concat([userId, itemId], 0) as tf.Tensor2D, config.layers);
        return { users: tf.slice(nodes, 0, userCount), items: tf.slice(nodes, userCount, itemCount) };
      });
    const itemTable = (observed: ObservedSet, scope: StepScope) =>
      scope.once(`items:${viewKey(observed)}`, () => {
        let h: tf.Tensor2D = itemId;
        for (let k = 0; k < config.itemLayers; k++) h = itemGraph(observed).matMul(h);
        return tf.add<tf.Tensor2D>(propagated(scope).items, h);
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
        const users = gatherRows(propagated(scope).users, batch.users);
        for (const { name, features, projection } of content.filter((m) => observed.includes(m.name))) {
          const project = (ids: Int32Array) => projection.apply(features.rows(ids));
          const margins = rowDot(users, tf.sub(project(batch.positives), project(batch.negatives)));
          terms[`bpr.${name}`] = tf.mul(bprLoss(margins), config.regWeight);
        }
        return terms;
      },
      beginEpoch: () => {
        if (config.dropout === 0) return;
        pruned?.dispose();
        pruned = prunedAdjacency(interactions, drawKept(edgeWeights, config.dropout, random.stream('pruning')));
      },
      dispose: () => {
        for (const graph of [fullAdjacency, pruned, ...itemGraphs.values()]) graph?.dispose();
      },
    };
  },
});
