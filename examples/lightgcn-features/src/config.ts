import * as z from 'zod';

/** The model's hyper-parameters. */
export const lightgcnFeaturesConfigSchema = z.strictObject({
  /** Width of the embeddings. */
  embeddingDim: z.number().int().positive().default(64),
  /** How often embeddings pass over the graph of users and items. */
  layers: z.number().int().nonnegative().default(2),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-5),
});

export type LightgcnFeaturesConfig = z.output<typeof lightgcnFeaturesConfigSchema>;
