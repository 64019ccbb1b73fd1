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
import { CsrMatrix, type CsrPattern, tripleMargins } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { drawKept, edgeValues, listInteractions, prunedAdjacency } from './pruned-interactions.js';

/** FREEDOM's hyperparameters; the defaults are among MMRec's candidates. */
export const freedomConfigSchema = z.strictObject({
  /** Width of all embeddings (d). */
  embeddingDim: z.number().int().positive().default(64),
  /** Number of layers over the user-item graph. */
  layers: z.number().int().nonnegative().default(2),
  /** Number of layers over the item graph. */
  itemLayers: z.number().int().nonnegative().default(1),
  /** Neighbours per item, including the item itself. */
  neighbours: z.number().int().positive().default(10),
  /** Weight of each modality's item graph; modalities that are not listed get 1. Only the ratios matter. */
  graphWeights: z.record(z.string(), z.number().positive()).default({ image: 0.1, text: 0.9 }),
  /** Share of the interactions to prune in each epoch. */
  dropout: z.number().min(0).max(0.99).default(0.8),
  /** Weight of the modalities' own BPR terms. */
  regWeight: z.number().nonnegative().default(1e-3),
  /** Train the feature tables, as the reference does. */
  trainFeatures: z.boolean().default(true),
});

/**
 * FREEDOM's hyperparameters with all defaults filled in.
 * @useDeclaredType
 */
export type FreedomConfig = z.output<typeof freedomConfigSchema>;

/**
 * FREEDOM (Zhou & Shen, ACM MM 2023) for any number of modalities, as in MMRec: a frozen item graph, and interactions that are pruned
 * again in each training epoch. do(m) removes the item graph of m and renormalises the other weights.
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
    /** A view's item graph is never materialised: a weighted sum of products needs no matrix per view. */
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

/** The kNN graph of a modality's initial features. All entries are 1 / k, which is a matrix of ones scaled by rowsum^-1/2 on both sides. */
function frozenItemGraph(neighbours: CsrPattern): CsrMatrix {
  const { entries, rows } = neighbours;
  return new CsrMatrix(neighbours, new Float32Array(entries).fill(rows / entries));
}
