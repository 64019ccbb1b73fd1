import * as z from 'zod';

/** The model's hyper-parameters. Strict, and with a default for each, so that a slip in a comparison file is refused by name. */
export const myBackboneConfigSchema = z.strictObject({
  /** Width of each branch: the whole embedding is (1 + modalities) times that. */
  embeddingDim: z.number().int().positive().default(64),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-5),
});

export type MyBackboneConfig = z.output<typeof myBackboneConfigSchema>;
