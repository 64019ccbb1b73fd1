/** Of how many different users and items a training step reads rows, on average. */
export interface RowsPerStep {
  /** Of the batch. */
  readonly users: number;
  /** Positives of the batch. */
  readonly positives: number;
  /** Positives and negatives of the batch. */
  readonly items: number;
  /** Of the batch and of the random pairs that distillation compares together; undefined for a plain model. */
  readonly distilled?: { readonly users: number; readonly items: number } | undefined;
}

/** What the least work of a backbone depends on. */
export interface Sizes {
  readonly users: number;
  readonly items: number;
  /** Of training. */
  readonly interactions: number;
  /** Feature columns of each modality. */
  readonly features: readonly number[];
  /** The backbone's configuration. */
  readonly config: Readonly<Record<string, unknown>>;
}

/** A number of the configuration. */
export function setting({ config }: Sizes, name: string): number {
  return config[name] as number;
}

/** Feature columns of all modalities together. */
export function featureColumns({ features }: Sizes): number {
  return features.reduce((sum, columns) => sum + columns, 0);
}

/** Numbers in the projections of all modalities to `width`: kernels and biases. */
export function projectionSize({ features }: Sizes, width: number): number {
  return features.reduce((sum, columns) => sum + (columns + 1) * width, 0);
}

/** How many of the views `without(m)` are not some `only(m)`: with two modalities, each is the other's. */
export function furtherViews({ features }: Sizes): number {
  return features.length > 2 ? features.length : 0;
}
