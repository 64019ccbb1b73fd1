import * as z from 'zod';

/** LATTICE's hyper-parameters; the defaults are MMRec's. */
export const latticeConfigSchema = z.strictObject({
  /** Width of all embeddings (d). */
  embeddingDim: z.number().int().positive().default(64),
  /** Width of the projected features that the learned graphs are made of. */
  featureDim: z.number().int().positive().default(64),
  /** Layers over the item graph (L). */
  itemLayers: z.number().int().nonnegative().default(1),
  /** Layers of the collaborative part. */
  layers: z.number().int().nonnegative().default(2),
  /** Neighbours per item, itself included. */
  neighbours: z.number().int().positive().default(10),
  /** Share of the original graph in the item graph (lambda). */
  lambda: z.number().min(0).max(1).default(0.9),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-3),
  /** The collaborative part: LightGCN, NGCF, or plain matrix factorisation. */
  cfModel: z.enum(['lightgcn', 'ngcf', 'mf']).default('lightgcn'),
  /** Share of a layer's messages that training drops; NGCF only. */
  messageDropout: z.number().min(0).max(0.99).default(0.1),
  /** Train the feature tables, as the reference does. */
  trainFeatures: z.boolean().default(true),
});

/**
 * LATTICE's hyper-parameters with every default filled in.
 * @useDeclaredType
 */
export type LatticeConfig = z.output<typeof latticeConfigSchema>;
