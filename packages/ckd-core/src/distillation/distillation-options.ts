import * as z from 'zod';

/** The hyper-parameters and ablations of CKD; the defaults are the authors'. */
export const distillationSchema = z.strictObject({
  /** Weight of all distillation against the backbone's objective. */
  kdRatio: z.number().positive().default(0.01),
  /** Weight of the generic term against the specific one. */
  lambda: z.number().nonnegative().default(5),
  /** Temperature of the soft labels (tau). */
  temperature: z.number().positive().default(0.1),
  /** Random item pairs per step for the generic term (K). */
  pairsPerStep: z.number().int().positive().default(5000),
  /** Keep the specific term (hinge on margins). */
  specific: z.boolean().default(true),
  /** Keep the generic term (soft labels). */
  generic: z.boolean().default(true),
  /** Weigh the modalities by their counterfactual effect; otherwise every weight is 1. */
  reweighting: z.boolean().default(true),
});

/**
 * The options of {@link distill}, complete.
 * @useDeclaredType
 */
export type DistillationOptions = z.output<typeof distillationSchema>;

/** Some of them, the rest at their defaults. */
export type DistillationOverrides = z.input<typeof distillationSchema>;
