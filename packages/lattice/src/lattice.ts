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
import { type LatticeConfig, latticeConfigSchema } from './config.js';
import { HeldGraphs } from './held-graphs.js';
import { mixedPropagation, originalGraph } from './item-graphs.js';
import { ngcf } from './ngcf.js';
import { similarityGraph } from './similarity-graph.js';

/** What each collaborative part makes of the ids' rows, users first: `[users + items, d]` to the same. */
type Collaboration = (ids: tf.Tensor2D, phase: Phase) => tf.Tensor2D;

/**
 * LATTICE (Zhang et al., ACM MM 2021) for any number of modalities, as MMRec has it: an item graph, partly learned, beside a
 * collaborative part. The learned graphs are rebuilt in the first step of each epoch and constant in its other steps.
 * do(m): the graphs of m are taken away, the other weights renormalised.
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
      // MMRec's schedule for LATTICE, alone among the six.
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
