import {
  defineBackbone,
  idEmbeddingLayers,
  lateFusion,
  regularizedBpr,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import * as z from 'zod';

/**
 * BPR-MF (Rendle et al., UAI 2009): users and items by their ids alone, no modality. What a multimodal model gains over it is what
 * the features are worth.
 */
export const matrixFactorization = defineBackbone({
  name: 'bpr-mf',
  configSchema: z.strictObject({
    /** Width of the embeddings. */
    embeddingDim: z.number().int().positive().default(64),
    /** Weight of the regulariser, half the sum of squares over the batch. */
    regWeight: z.number().nonnegative().default(1e-5),
  }),
  supports: { negatives: true, rowAccess: true, trainableFeatures: false },
  create({ config, data, random, parameters }) {
    const { users, items } = idEmbeddingLayers(
      parameters,
      data,
      config.embeddingDim,
      xavierUniform,
      random.stream('init'),
    );
    return {
      represent: (_observed, scope) =>
        lateFusion(
          [{ key: 'ids', users: users.source(scope), items: items.source(scope), constantOverItems: false }],
          scope,
        ),
      loss(batch, observed, scope) {
        return regularizedBpr(this.represent(observed, scope), batch, config.regWeight);
      },
    };
  },
});
