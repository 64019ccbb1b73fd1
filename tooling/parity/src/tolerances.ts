/** Relative tolerance for each kind of quantity, as defined in the fixtures' README. */
export const tolerances = {
  forward: 1e-5,
  losses: 1e-5,
  gradients: 1e-4,
  distillation: 1e-3,
  adam: 1e-4,
  /** Absolute: three Adam steps for a parameter whose gradient is zero up to rounding. */
  adamOfNoise: 2e-4,
  metrics: 1e-9,
  adjacency: 1e-6,
} as const;
