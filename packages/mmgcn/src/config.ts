import * as z from 'zod';

/** MMGCN's hyper-parameters; the defaults are the CKD authors'. */
export const mmgcnConfigSchema = z.strictObject({
  /** Width of every layer (d). */
  embeddingDim: z.number().int().positive().default(64),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-5),
  /** Graph layers per modality. */
  layers: z.number().int().positive().default(3),
  /** Slope of LeakyReLU for negative values. */
  leakySlope: z.number().nonnegative().default(0.01),
  /** Train the users' modality preferences; the reference leaves them as drawn. */
  trainPreferences: z.boolean().default(false),
});

/**
 * MMGCN's hyper-parameters with every default filled in.
 * @useDeclaredType
 */
export type MmgcnConfig = z.output<typeof mmgcnConfigSchema>;
