import * as z from 'zod';

/** BM3's hyper-parameters; the defaults are among MMRec's candidates. */
export const bm3ConfigSchema = z.strictObject({
  /** Width of all embeddings (d). */
  embeddingDim: z.number().int().positive().default(64),
  /** Graph layers. */
  layers: z.number().int().nonnegative().default(1),
  /** Share of a target's numbers that are dropped. */
  dropout: z.number().min(0).max(0.99).default(0.3),
  /** Weight of the embeddings' norm. */
  regWeight: z.number().nonnegative().default(0.1),
  /** Weight of the contrastive terms of the modalities. */
  clWeight: z.number().nonnegative().default(2),
  /** Train the feature tables, as the reference does. */
  trainFeatures: z.boolean().default(true),
});

/**
 * BM3's hyper-parameters with every default filled in.
 * @useDeclaredType
 */
export type Bm3Config = z.output<typeof bm3ConfigSchema>;
