/** The average numbers of distinct users and items whose rows a training step reads. */
export interface RowsPerStep {
  /** Users in the batch. */
  readonly users: number;
  /** Positives in the batch. */
  readonly positives: number;
  /** Positives and negatives in the batch. */
  readonly items: number;
  /** In the batch and the random pairs for distillation together; undefined for a plain model. */
  readonly distilled?: { readonly users: number; readonly items: number } | undefined;
}

/** The sizes that determine a backbone's least work. */
export interface Sizes {
  readonly users: number;
  readonly items: number;
  /** The number of training interactions. */
  readonly interactions: number;
  /** Feature columns of each modality. */
  readonly features: readonly number[];
  /** The backbone's configuration. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** A number from the configuration. */
export function setting({ config }: Sizes, name: string): number {
  return config[name] as number;
}

/** The total number of feature columns over all modalities. */
export function featureColumns({ features }: Sizes): number {
  return features.reduce((sum, columns) => sum + columns, 0);
}

/** The number of parameters in the projections of all modalities to `width`: kernels and biases. */
export function projectionSize({ features }: Sizes, width: number): number {
  return features.reduce((sum, columns) => sum + (columns + 1) * width, 0);
}

/** How many of the views `without(m)` are not also a view `only(m)`. With two modalities, each is the other's. */
export function furtherViews({ features }: Sizes): number {
  return features.length > 2 ? features.length : 0;
}
