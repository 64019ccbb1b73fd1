import * as z from 'zod';

/** The model's hyperparameters. The object is strict and every key has a default, so a typo in a comparison file is reported by name. */
export const myBackboneConfigSchema = z.strictObject({
  /** Width of each branch. The whole embedding is (1 + modalities) times as wide. */
  embeddingDim: z.number().int().positive().default(64),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-5),
});

export type MyBackboneConfig = z.output<typeof myBackboneConfigSchema>;
