import {
  bipartiteAdjacency,
  defineBackbone,
  FrozenFeatures,
  idEmbeddings,
  lightGcn,
  linearLayer,
  regularizedBpr,
  splitNodes,
  tableRepresentation,
  viewKey,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';
import { lightgcnFeaturesConfigSchema } from './config.js';

/**
 * LightGCN (He et al., SIGIR 2020), where an item starts from the sum of its id embedding and its projected features.
 * do(m): the features of m are replaced by their mean, the same for every item.
 */
export const lightgcnFeatures = defineBackbone({
  name: 'lightgcn-features',
  configSchema: lightgcnFeaturesConfigSchema,
  supports: { negatives: true, rowAccess: false, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    const init = random.stream('init');
    const adjacency = bipartiteAdjacency(data, 'symmetric');
    const ids = idEmbeddings(parameters, data, config.embeddingDim, xavierUniform, init);
    const content = modalities.map((modality) => {
      const features = new FrozenFeatures(data.features[modality]!);
      const projection = linearLayer(parameters, `projection.${modality}`, features.columns, config.embeddingDim, init);
      return { modality, features, projection };
    });

    return {
      represent: (observed, scope) => {
        const sides = () =>
          scope.once(`sides:${viewKey(observed)}`, () => {
            // The mean is a single row, which tf.add broadcasts to all items.
            const parts = content.map(({ modality, features, projection }) =>
              projection.apply(observed.includes(modality) ? features.whole() : features.mean),
            );
            const items = parts.reduce((sum, part) => tf.add(sum, part), ids.items);
            const nodes = tf.concat2d([ids.users, items], 0);
            return splitNodes(lightGcn(adjacency, nodes, config.layers), data.userCount);
          });
        return tableRepresentation(
          viewKey(observed),
          { users: () => sides().users, items: () => sides().items },
          scope,
        );
      },
      loss(batch, observed, scope) {
        return regularizedBpr(this.represent(observed, scope), batch, config.regWeight);
      },
      dispose: () => {
        adjacency.dispose();
        for (const { features } of content) features.dispose();
      },
    };
  },
});
