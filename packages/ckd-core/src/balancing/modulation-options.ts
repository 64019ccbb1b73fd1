import * as z from 'zod';

/** The hyper-parameters of gradient modulation (OGM-GE). */
export const modulationSchema = z.strictObject({
  /** How strongly a dominant modality is held back. */
  alpha: z.number().positive().default(0.5),
  /** Add the noise of the "generalization enhancement". */
  noise: z.boolean().default(true),
});

/** Some of them, the rest at their defaults. */
export type ModulationOverrides = z.input<typeof modulationSchema>;
