import {
  bipartiteAdjacency,
  defineBackbone,
  itemFeatures,
  lightGcn,
  linearLayer,
  type ObservedSet,
  regularizedBpr,
  type StepScope,
  tableRepresentation,
  viewKey,
  xavierUniform,
} from '@balanced-rec/ckd-core';
import { type CsrMatrix, detach, normalizeRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { latticeConfigSchema } from './config.js';
import { type LearnedGraphs, mixedPropagation, originalGraph } from './item-graphs.js';
import { similarityGraph } from './similarity-graph.js';

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
    const originals: Record<string, CsrMatrix> = {};
    const content = modalities.map((name) => {
      const features = itemFeatures(parameters, name, data.features[name]!, { trainable: config.trainFeatures });
      const projection = linearLayer(parameters, `projection.${name}`, features.columns, config.featureDim, init);
      originals[name] = originalGraph(features.table, config.neighbours);
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
          similarityGraph(projection.apply(features.table), config.neighbours),
        ]),
      ),
      modalWeight,
    });
    let held: LearnedGraphs | undefined;
    const release = () => {
      for (const { pattern, values } of Object.values(held?.graphs ?? {})) {
        values.dispose();
        pattern.dispose();
      }
      held?.modalWeight.dispose();
      held = undefined;
    };
    /** The graphs of the epoch's first step carry gradients; the other steps use the same values, detached. */
    const learned = (scope: StepScope) =>
      scope.once('learned', () => {
        if (scope.phase === 'evaluate') return build();
        if (held) return held;
        const built = build();
        const keep = <T extends tf.Tensor>(x: T): T => tf.keep(detach(x));
        held = {
          modalWeight: tf.keep(tf.mul<tf.Tensor1D>(detach(built.modalWeight), 1)),
          graphs: Object.fromEntries(
            Object.entries(built.graphs).map(([m, { pattern, values }]) => [m, { pattern, values: keep(values) }]),
          ),
        };
        return built;
      });
    const collaborative = (scope: StepScope) =>
      scope.once('collaborative', () => {
        const x = tf.concat([userId, itemId], 0) as tf.Tensor2D;
        const nodes = config.cfModel === 'mf' ? x : lightGcn(adjacency, x, config.layers);
        return { users: tf.slice(nodes, 0, userCount), items: tf.slice(nodes, userCount, itemCount) };
      });
    const itemTable = (observed: ObservedSet, scope: StepScope) =>
      scope.once(`items:${viewKey(observed)}`, () => {
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
      beginEpoch: release,
      dispose: () => {
        release();
        adjacency.dispose();
        for (const graph of Object.values(originals)) graph.dispose();
      },
    };
  },
});
