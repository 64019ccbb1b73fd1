import * as z from 'zod';

/** VBPR's hyper-parameters; the defaults are the CKD authors'. */
export const vbprConfigSchema = z.strictObject({
  /** Width of each branch (d): the whole embedding is (1 + modalities) * d wide. */
  embeddingDim: z.number().int().positive().default(64),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-5),
});

/**
 * VBPR's hyper-parameters with every default filled in.
 * @useDeclaredType
 */
export type VbprConfig = z.output<typeof vbprConfigSchema>;
