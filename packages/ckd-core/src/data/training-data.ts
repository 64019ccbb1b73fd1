import type { Interactions } from '@balanced-rec/interactions';

/** Dense item features of one modality, row-major `[rows, columns]`; row = item. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** What a model is trained on. A `Dataset` from `@balanced-rec/datasets` is one; any object of this shape works. */
export interface TrainingData {
  readonly userCount: number;
  readonly itemCount: number;
  readonly train: Interactions;
  /** Item features by modality name; `itemCount` rows each. */
  readonly features: Readonly<Record<string, FeatureMatrix>>;
}

/** Training data with its dataset's content hash, which a checkpoint uses to identify what it was trained on. */
export interface HashedData extends TrainingData {
  readonly hash: string;
}
