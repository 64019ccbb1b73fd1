import {
  bipartiteAdjacency,
  defineBackbone,
  idEmbeddings,
  type ObservedSet,
  type PreferenceContent,
  preferenceContent,
  regularizedBpr,
  type StepScope,
  splitNodes,
  tableRepresentation,
  viewKey,
  xavierNormal,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import { type ModalityNetwork, modalityNetwork } from './modality-network.js';
import { imputedInput, type NodeInput, observedInput, SideShares } from './node-input.js';

/** MMGCN's hyperparameters; the defaults are the CKD authors'. */
export const mmgcnConfigSchema = z.strictObject({
  /** Width of every layer (d). */
  embeddingDim: z.number().int().positive().default(64),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-5),
  /** Graph layers per modality. */
  layers: z.number().int().positive().default(3),
  /** Slope of LeakyReLU for negative values. */
  leakySlope: z.number().nonnegative().default(0.01),
  /** Train the users' modality preferences; the reference leaves them at their random initial values. */
  trainPreferences: z.boolean().default(false),
});

/**
 * MMGCN's hyperparameters with all defaults filled in.
 * @useDeclaredType
 */
export type MmgcnConfig = z.output<typeof mmgcnConfigSchema>;

/**
 * MMGCN (Wei et al., ACM MM 2019) for any number of modalities, as released by the CKD authors: one graph network per modality
 * over D^-1 (A + I), averaged; BPR + regWeight * halfSquares. do(m): the network of m runs on the mean features and the mean preference.
 */
export const mmgcn = defineBackbone({
  name: 'mmgcn',
  configSchema: mmgcnConfigSchema,
  supports: { negatives: true, rowAccess: false, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    const { userCount } = data;
    const init = random.stream('init');
    const d = config.embeddingDim;
    const adjacency = bipartiteAdjacency(data, 'rowMeanSelfLoop');
    const sideShares = new SideShares(adjacency, userCount);
    const ids = idEmbeddings(parameters, data, d, xavierUniform, init);
    const content = modalities.map((modality): Content => {
      const options = { width: d, initialize: xavierNormal, trainable: config.trainPreferences };
      const m = preferenceContent(parameters, data, modality, options, init);
      return { ...m, network: modalityNetwork(modality, config, parameters, init) };
    });

    const apply = ({ network }: Content, input: NodeInput, scope: StepScope) =>
      network.apply(input, ids.nodes(scope), (x) => adjacency.matMul(x));
    const observedNetwork = (m: Content, scope: StepScope) =>
      scope.once(`observed:${m.modality}`, () =>
        apply(m, observedInput(m.preference.whole(), m.projected.whole(scope), adjacency), scope),
      );
    const imputedNetwork = (m: Content, scope: StepScope) =>
      scope.once(`imputed:${m.modality}`, () =>
        apply(m, imputedInput(m.meanPreference(), m.meanProjected(), sideShares), scope),
      );
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
        for (const m of content) m.dispose();
      },
    };
  },
});

interface Content extends PreferenceContent {
  readonly network: ModalityNetwork;
}
