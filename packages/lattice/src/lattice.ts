import {
  bipartiteAdjacency,
  defineBackbone,
  itemFeatures,
  lightGcn,
  linearLayer,
  type ObservedSet,
  type Phase,
  regularizedBpr,
  type StepScope,
  splitNodes,
  tableRepresentation,
  viewKey,
  xavierUniform,
} from '@balanced-rec/ckd-core';
import { type CsrMatrix, normalizeRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { type LatticeConfig, latticeConfigSchema } from './config.js';
import { HeldGraphs } from './held-graphs.js';
import { type LearnedGraphs, mixedPropagation, originalGraph } from './item-graphs.js';
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
  create({ config, data, modalities, random, parameters }) {
    const { userCount, itemCount } = data;
    const init = random.stream('init');
    const d = config.embeddingDim;
    const adjacency = bipartiteAdjacency(data, 'rowMeanSelfLoop');
    const userId = parameters.add('user.id', xavierUniform(userCount, d, init));
    const itemId = parameters.add('item.id', xavierUniform(itemCount, d, init));
    const collaborations: Record<LatticeConfig['cfModel'], () => Collaboration> = {
      lightgcn: () => (ids) => lightGcn(adjacency, ids, config.layers),
      ngcf: () => ngcf(config, adjacency, parameters, random),
      mf: () => (ids) => ids,
    };
    const collaborate = collaborations[config.cfModel]();
    const originals: Record<string, CsrMatrix> = {};
    const content = modalities.map((name) => {
      const features = itemFeatures(parameters, name, data.features[name]!, { trainable: config.trainFeatures });
      const projection = linearLayer(parameters, `projection.${name}`, features.columns, config.featureDim, init);
      originals[name] = originalGraph(features.whole(), config.neighbours);
      return { name, features, projection };
    });
    const modalWeight = parameters.add(
      'modalWeight',
      tf.fill([modalities.length], 1 / modalities.length) as tf.Tensor1D,
    );

    const build = (): LearnedGraphs => ({
      graphs: Object.fromEntries(
        content.map(({ name, features, projection }) => [
          name,
          similarityGraph(projection.apply(features.whole()), config.neighbours),
        ]),
      ),
      modalWeight,
    });
    const held = new HeldGraphs(build);
    const learned = (scope: StepScope) => scope.once('learned', () => held.of(scope.phase));
    const collaborative = (scope: StepScope) =>
      scope.once('collaborative', () => {
        const ids = tf.concat([userId, itemId], 0) as tf.Tensor2D;
        return splitNodes(collaborate(ids, scope.phase), userCount);
      });
    const itemTable = (observed: ObservedSet, scope: StepScope) =>
      scope.once(`items:${viewKey(observed)}`, () => {
        if (observed.length === 0) return collaborative(scope).items;
        const apply = mixedPropagation(learned(scope), originals, observed, config.lambda);
        let h: tf.Tensor2D = itemId;
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
