import type { Backbone, TrainingData } from '@balanced-rec/ckd-core';
import type { Sizes } from './sizes.js';

export function sizesOf(data: TrainingData, { modalities, config }: Backbone): Sizes {
  return {
    users: data.userCount,
    items: data.itemCount,
    interactions: data.train.items.length,
    features: modalities.map((modality) => data.features[modality]!.columns),
    config,
  };
}
