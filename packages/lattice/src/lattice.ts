import {
  bipartiteAdjacency,
  defineBackbone,
  idEmbeddings,
  lightGcn,
  type ObservedSet,
  type Phase,
  projectedFeatures,
  regularizedBpr,
  type StepScope,
  splitNodes,
  tableRepresentation,
  viewKey,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import { type CsrMatrix, normalizeRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { HeldGraphs } from './held-graphs.js';
import { mixedPropagation, originalGraph, similarityGraph } from './item-graphs.js';
import { ngcf } from './ngcf.js';

/** LATTICE's hyperparameters; the defaults are MMRec's. */
export const latticeConfigSchema = z.strictObject({
  /** Width of all embeddings (d). */
  embeddingDim: z.number().int().positive().default(64),
  /** Width of the projected features that the learned graphs are built from. */
  featureDim: z.number().int().positive().default(64),
  /** Number of layers over the item graph (L). */
  itemLayers: z.number().int().nonnegative().default(1),
  /** Number of layers of the collaborative part. */
  layers: z.number().int().nonnegative().default(2),
  /** Neighbours per item, including the item itself. */
  neighbours: z.number().int().positive().default(10),
  /** Share of the original graph in the item graph (lambda). */
  lambda: z.number().min(0).max(1).default(0.9),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-3),
  /** The collaborative part: LightGCN, NGCF, or plain matrix factorisation. */
  cfModel: z.enum(['lightgcn', 'ngcf', 'mf']).default('lightgcn'),
  /** Share of a layer's messages to drop in training; NGCF only. */
  messageDropout: z.number().min(0).max(0.99).default(0.1),
  /** Train the feature tables, as the reference does. */
  trainFeatures: z.boolean().default(true),
});

/**
 * LATTICE's hyperparameters with all defaults filled in.
 * @useDeclaredType
 */
export type LatticeConfig = z.output<typeof latticeConfigSchema>;

/** A collaborative part: maps the id embeddings, users first, from `[users + items, d]` to the same shape. */
type Collaboration = (ids: tf.Tensor2D, phase: Phase) => tf.Tensor2D;

/**
 * LATTICE (Zhang et al., ACM MM 2021) for any number of modalities, as in MMRec: a partly learned item graph combined with a
 * collaborative part. The learned graphs are rebuilt in the first step of each epoch and stay constant for the rest of it.
 * do(m) removes the graphs of m and renormalises the other weights.
 */
export const lattice = defineBackbone({
  name: 'lattice',
  configSchema: latticeConfigSchema,
  supports: { negatives: true, rowAccess: false, trainableFeatures: true },
  create({ config, data, modalities, random, parameters, neighboursOf }) {
    const init = random.stream('init');
    const adjacency = bipartiteAdjacency(data, 'rowMeanSelfLoop');
    const ids = idEmbeddings(parameters, data, config.embeddingDim, xavierUniform, init);
    const collaborations: Record<LatticeConfig['cfModel'], () => Collaboration> = {
      lightgcn: () => (ids) => lightGcn(adjacency, ids, config.layers),
      ngcf: () => ngcf(config, adjacency, parameters, random),
      mf: () => (ids) => ids,
    };
    const collaborate = collaborations[config.cfModel]();
    const originals: Record<string, CsrMatrix> = {};
    const content = modalities.map((name) => {
      const options = { trainable: config.trainFeatures, width: config.featureDim };
      originals[name] = originalGraph(data.features[name]!, neighboursOf(name, config.neighbours));
      return { name, projected: projectedFeatures(parameters, name, data.features[name]!, options, init) };
    });
    const modalWeight = parameters.add(
      'modalWeight',
      tf.fill([modalities.length], 1 / modalities.length) as tf.Tensor1D,
    );

    const held = new HeldGraphs((scope) => ({
      graphs: Object.fromEntries(
        content.map(({ name, projected }) => [name, similarityGraph(projected.whole(scope), config.neighbours)]),
      ),
      modalWeight,
    }));
    const learned = (scope: StepScope) => scope.once('learned', () => held.of(scope));
    const collaborative = (scope: StepScope) =>
      scope.once('collaborative', () => splitNodes(collaborate(ids.nodes(scope), scope.phase), data.userCount));
    const itemTable = (observed: ObservedSet, scope: StepScope) =>
      scope.once(`items:${viewKey(observed)}`, () => {
        if (observed.length === 0) return collaborative(scope).items;
        const apply = mixedPropagation(learned(scope), originals, observed, config.lambda);
        let h: tf.Tensor2D = ids.items;
        for (let k = 0; k < config.itemLayers; k++) h = apply(h);
        return tf.add<tf.Tensor2D>(collaborative(scope).items, normalizeRows(h));
      });

    return {
      represent: (observed, scope) =>
        tableRepresentation(
          viewKey(observed),
          { users: () => collaborative(scope).users, items: () => itemTable(observed, scope) },
          scope,
        ),
      loss(batch, observed, scope) {
        return regularizedBpr(this.represent(observed, scope), batch, config.regWeight);
      },
      // MMRec's schedule for LATTICE; none of the other five backbones has one.
      learningRateFactor: (epoch) => 0.96 ** ((epoch - 1) / 50),
      beginEpoch: () => held.release(),
      dispose: () => {
        held.release();
        adjacency.dispose();
        for (const graph of Object.values(originals)) graph.dispose();
      },
    };
  },
});
