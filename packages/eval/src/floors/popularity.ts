import { defineBackbone, tableRepresentation } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';

/** Ranks every item by its number of training interactions, for every user alike: what any model should beat. */
export const popularity = defineBackbone({
  name: 'popularity',
  configSchema: z.strictObject({}),
  supports: { negatives: false, rowAccess: true, trainableFeatures: false },
  create({ data: { userCount, itemCount, train } }) {
    const counts = new Float32Array(itemCount);
    for (const item of train.items) counts[item] = counts[item]! + 1;
    return {
      represent: (_observed, scope) =>
        tableRepresentation(
          'popularity',
          { users: () => tf.ones([userCount, 1]), items: () => tf.tensor2d(counts, [itemCount, 1]) },
          scope,
        ),
      loss: () => ({}),
    };
  },
});
