import {
  bipartiteAdjacency,
  defineBackbone,
  FrozenFeatures,
  linearLayer,
  type ObservedSet,
  regularizedBpr,
  repeatRow,
  type StepScope,
  tableRepresentation,
  viewKey,
  xavierNormal,
  xavierUniform,
} from '@balanced-rec/ckd-core';
import * as tf from '@tensorflow/tfjs-core';
import { mmgcnConfigSchema } from './config.js';
import { modalityNetwork } from './modality-network.js';

/**
 * MMGCN (Wei et al., ACM MM 2019) for any number of modalities, as the CKD authors release it: one graph network per modality
 * over D^-1 (A + I), averaged; BPR + regWeight * halfSquares. do(m): the network of m runs on mean features and the mean preference.
 */
export const mmgcn = defineBackbone({
  name: 'mmgcn',
  configSchema: mmgcnConfigSchema,
  supports: { negatives: true, rowAccess: false, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    const { userCount, itemCount } = data;
    const init = random.stream('init');
    const d = config.embeddingDim;
    const adjacency = bipartiteAdjacency(data, 'rowMeanSelfLoop');
    const userId = parameters.add('user.id', xavierUniform(userCount, d, init));
    const itemId = parameters.add('item.id', xavierUniform(itemCount, d, init));
    const content = modalities.map((modality) => {
      const features = new FrozenFeatures(data.features[modality]!);
      const preference = parameters.add(`user.preference.${modality}`, xavierNormal(userCount, d, init), {
        trainable: config.trainPreferences,
      });
      const projection = linearLayer(parameters, `projection.${modality}`, features.columns, d, init);
      const network = modalityNetwork(modality, adjacency, config, parameters, init);
      return { modality, features, preference, projection, network };
    });

    const ids = (scope: StepScope) => scope.once('ids', () => tf.concat([userId, itemId], 0) as tf.Tensor2D);
    const observedNetwork = (m: (typeof content)[number], scope: StepScope) =>
      scope.once(`network:${m.modality}`, () =>
        m.network.apply(m.preference, m.projection.apply(m.features.table), ids(scope)),
      );
    const imputedNetwork = (m: (typeof content)[number], scope: StepScope) =>
      scope.once(`network:${m.modality}|imputed`, () =>
        m.network.apply(
          repeatRow(tf.mean(m.preference, 0, true) as tf.Tensor2D, userCount),
          repeatRow(m.projection.apply(m.features.mean), itemCount),
          ids(scope),
        ),
      );
    const fused = (observed: ObservedSet, scope: StepScope) =>
      scope.once(`fused:${viewKey(observed)}`, () => {
        const parts = content.map((m) =>
          observed.includes(m.modality) ? observedNetwork(m, scope) : imputedNetwork(m, scope),
        );
        return tf.mul<tf.Tensor2D>(tf.addN(parts), 1 / parts.length);
      });

    return {
      represent: (observed, scope) =>
        tableRepresentation(
          `fused:${viewKey(observed)}`,
          {
            users: () => scope.once(`users:${viewKey(observed)}`, () => tf.slice(fused(observed, scope), 0, userCount)),
            items: () =>
              scope.once(`items:${viewKey(observed)}`, () => tf.slice(fused(observed, scope), userCount, itemCount)),
          },
          scope,
        ),
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
