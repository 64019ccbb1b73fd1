import {
  bipartiteAdjacency,
  defineBackbone,
  FrozenFeatures,
  type LinearLayer,
  linearLayer,
  type ObservedSet,
  regularizedBpr,
  type StepScope,
  splitNodes,
  tableRepresentation,
  viewKey,
  xavierNormal,
  xavierUniform,
} from '@balanced-rec/ckd-core';
import * as tf from '@tensorflow/tfjs-core';
import { mmgcnConfigSchema } from './config.js';
import { type ModalityNetwork, modalityNetwork } from './modality-network.js';
import { imputedInput, type NodeInput, observedInput, SideShares } from './node-input.js';

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
    const sideShares = new SideShares(adjacency, userCount);
    const userId = parameters.add('user.id', xavierUniform(userCount, d, init));
    const itemId = parameters.add('item.id', xavierUniform(itemCount, d, init));
    const content: Content[] = modalities.map((modality) => {
      const features = new FrozenFeatures(data.features[modality]!);
      const preference = parameters.add(`user.preference.${modality}`, xavierNormal(userCount, d, init), {
        trainable: config.trainPreferences,
      });
      const projection = linearLayer(parameters, `projection.${modality}`, features.columns, d, init);
      const network = modalityNetwork(modality, config, parameters, init);
      return { modality, features, preference, projection, network };
    });

    const ids = (scope: StepScope) => scope.once('ids', () => tf.concat([userId, itemId], 0) as tf.Tensor2D);
    const apply = ({ network }: Content, input: NodeInput, scope: StepScope) =>
      network.apply(input, ids(scope), (x) => adjacency.matMul(x));
    const observedNetwork = (m: Content, scope: StepScope) =>
      scope.once(`observed:${m.modality}`, () =>
        apply(m, observedInput(m.preference, m.projection.apply(m.features.whole()), adjacency), scope),
      );
    const imputedNetwork = (m: Content, scope: StepScope) =>
      scope.once(`imputed:${m.modality}`, () => {
        const userRow = tf.mean(m.preference, 0, true) as tf.Tensor2D;
        return apply(m, imputedInput(userRow, m.projection.apply(m.features.mean), sideShares), scope);
      });
    const fused = (observed: ObservedSet, scope: StepScope) =>
      scope.once(`fused:${viewKey(observed)}`, () => {
        const parts = content.map((m) =>
          observed.includes(m.modality) ? observedNetwork(m, scope) : imputedNetwork(m, scope),
        );
        return splitNodes(tf.mul(tf.addN(parts), 1 / parts.length), userCount);
      });

    return {
      represent: (observed, scope) =>
        tableRepresentation(
          `fused:${viewKey(observed)}`,
          { users: () => fused(observed, scope).users, items: () => fused(observed, scope).items },
          scope,
        ),
      loss(batch, observed, scope) {
        return regularizedBpr(this.represent(observed, scope), batch, config.regWeight);
      },
      dispose: () => {
        adjacency.dispose();
        sideShares.dispose();
        for (const { features } of content) features.dispose();
      },
    };
  },
});

interface Content {
  readonly modality: string;
  readonly features: FrozenFeatures;
  readonly preference: tf.Tensor2D;
  readonly projection: LinearLayer;
  readonly network: ModalityNetwork;
}
