import type { Interactions } from '@balanced-rec/interactions';

/** Dense item features of one modality, row-major `[rows, columns]`; row = item. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** What a model is trained on. A `Dataset` of `@balanced-rec/datasets` is one; anything of this shape will do. */
export interface TrainingData {
  readonly userCount: number;
  readonly itemCount: number;
  readonly train: Interactions;
  /** Item features by modality name; `itemCount` rows each. */
  readonly features: Readonly<Record<string, FeatureMatrix>>;
}

/** Training data with the content hash of its dataset, by which a checkpoint knows what it was trained on. */
export interface HashedData extends TrainingData {
  readonly hash: string;
}
