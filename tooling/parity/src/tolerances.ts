/** Relative tolerances by what is compared, as the fixtures' README sets them. */
export const tolerances = {
  forward: 1e-5,
  losses: 1e-5,
  gradients: 1e-4,
  distillation: 1e-3,
  adam: 1e-4,
  /** Absolute: three Adam steps of a parameter whose gradient is zero but for rounding. */
  adamOfNoise: 2e-4,
  metrics: 1e-9,
  adjacency: 1e-6,
} as const;
