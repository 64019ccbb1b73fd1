import * as z from 'zod';

/** The model's hyperparameters. */
export const lightgcnFeaturesConfigSchema = z.strictObject({
  /** Width of the embeddings. */
  embeddingDim: z.number().int().positive().default(64),
  /** Number of propagation layers over the user-item graph. */
  layers: z.number().int().nonnegative().default(2),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-5),
});

export type LightgcnFeaturesConfig = z.output<typeof lightgcnFeaturesConfigSchema>;
