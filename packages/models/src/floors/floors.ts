import {
  type BackboneDefinition,
  defineBackbone,
  idEmbeddingLayers,
  lateFusion,
  regularizedBpr,
  tableRepresentation,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import { countByItem } from '@balanced-rec/interactions';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';

/** Ranks every item by its number of training interactions, the same for every user: the floor that any model should beat. */
export const popularity = defineBackbone({
  name: 'popularity',
  configSchema: z.strictObject({}),
  supports: { negatives: false, rowAccess: true, trainableFeatures: false },
  create({ data: { userCount, itemCount, train } }) {
    const counts = countByItem(train, itemCount);
    return {
      represent: (_observed, scope) =>
        tableRepresentation(
          'popularity',
          { users: () => tf.ones([userCount, 1]), items: () => tf.tensor2d(Float32Array.from(counts), [itemCount, 1]) },
          scope,
        ),
      loss: () => ({}),
    };
  },
});

/**
 * BPR-MF (Rendle et al., UAI 2009): users and items by their ids alone, without modalities. A multimodal model's gain over it is what
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

/** The models without modalities that are built into this package. */
export const FLOORS: readonly BackboneDefinition[] = [popularity, matrixFactorization];
