import * as z from 'zod';

/** GRCN's hyper-parameters; the defaults are MMRec's. */
export const grcnConfigSchema = z.strictObject({
  /** Width of each branch (d): the whole embedding is (1 + modalities) * d wide. */
  embeddingDim: z.number().int().positive().default(64),
  /** Weight of the regulariser. */
  regWeight: z.number().nonnegative().default(1e-3),
  /** Routing iterations that refine the users' preferences. */
  routingIterations: z.number().int().nonnegative().default(3),
  /** `reference`: as released, each iteration only renormalises; `paper`: each user attends to its items. */
  routing: z.enum(['reference', 'paper']).default('reference'),
  /** Slope of LeakyReLU for negative values. */
  leakySlope: z.number().nonnegative().default(0.01),
});

/**
 * GRCN's hyper-parameters with every default filled in.
 * @useDeclaredType
 */
export type GrcnConfig = z.output<typeof grcnConfigSchema>;
