import { type DatasetContent, orderModalities } from '../dataset/dataset.js';
import type { FeatureMatrix } from '../features/feature-matrix.js';
import { compileSplit, InteractionLog } from '../interaction-files/interaction-log.js';
import { plantedUsers } from './plant-users.js';
import { completeOptions, type SyntheticOptions } from './synthetic-options.js';
import { FeatureRenderer, plantTastes } from './tastes.js';

/**
 * Generates a dataset with a planted modality imbalance, in memory. `synthesizeToFolder` writes the same dataset at any size.
 *
 * Each modality reveals its own tastes: an independent group of item factors, for which each user has preferences. A user
 * chooses the items with the highest utility among those considered. The utility is the sum over the modalities of strength
 * times the match between item factors and preferences, plus popularity, plus chance. A modality's features are its item
 * factors, mixed at random into its columns, with noise.
 *
 * By default, `text` is strong and quick to learn, and `image` is weak and slow. But image reveals tastes that text does not.
 * So a model that leans on text alone misses something, and that is what a balanced model can gain.
 *
 * @throws BalancedRecError `synthetic/bad-option`
 */
export function synthesizeDataset(options: SyntheticOptions): DatasetContent {
  const complete = completeOptions(options);
  const { name, userCount, itemCount } = complete;
  const tastes = plantTastes(complete);
  const log = new InteractionLog();
  for (const { user, items, splits } of plantedUsers(complete, tastes)) {
    for (let n = 0; n < items.length; n++) log.add(user, items[n]!, splits[n]!, 0);
  }
  const [train, validation, test] = [0, 1, 2].map((split) => compileSplit(log, split, userCount).interactions);
  const features: Record<string, FeatureMatrix> = {};
  for (const [n, modality] of complete.modalities.entries()) {
    const values = new Float32Array(itemCount * modality.dimension);
    new FeatureRenderer(complete, n, tastes.items).fill(values);
    features[modality.name] = { rows: itemCount, columns: modality.dimension, values };
  }
  const modalities = orderModalities(Object.keys(features));
  return { name, userCount, itemCount, train: train!, validation: validation!, test: test!, features, modalities };
}
