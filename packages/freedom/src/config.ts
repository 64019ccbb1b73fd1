import * as z from 'zod';

/** FREEDOM's hyper-parameters; the defaults are among MMRec's candidates. */
export const freedomConfigSchema = z.strictObject({
  /** Width of all embeddings (d). */
  embeddingDim: z.number().int().positive().default(64),
  /** Layers over the users' and items' graph. */
  layers: z.number().int().nonnegative().default(2),
  /** Layers over the item graph. */
  itemLayers: z.number().int().nonnegative().default(1),
  /** Neighbours per item, itself included. */
  neighbours: z.number().int().positive().default(10),
  /** Weight of each modality's item graph; other names weigh 1. Only their ratios matter. */
  graphWeights: z.record(z.string(), z.number().positive()).default({ image: 0.1, text: 0.9 }),
  /** Share of the interactions that is pruned in each epoch. */
  dropout: z.number().min(0).max(0.99).default(0.8),
  /** Weight of the modalities' own BPR. */
  regWeight: z.number().nonnegative().default(1e-3),
  /** Train the feature tables, as the reference does. */
  trainFeatures: z.boolean().default(true),
});

/**
 * FREEDOM's hyper-parameters with every default filled in.
 * @useDeclaredType
 */
export type FreedomConfig = z.output<typeof freedomConfigSchema>;
