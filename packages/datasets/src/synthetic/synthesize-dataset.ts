import { type DatasetContent, orderModalities } from '../dataset/dataset.js';
import type { FeatureMatrix } from '../features/feature-matrix.js';
import { compileSplit, InteractionLog } from '../interaction-files/interaction-log.js';
import { plantedUsers } from './plant-users.js';
import { completeOptions, type SyntheticOptions } from './synthetic-options.js';
import { FeatureRenderer, plantTastes } from './tastes.js';

/**
 * Generates a dataset with a planted modality imbalance, in memory; `synthesizeToFolder` writes the same of any size.
 *
 * Each modality shows tastes of its own: a group of independent item factors, to which each user has preferences.
 * Of the items that a user looks at, the user chooses those of highest utility: over the modalities, strength times how well the item
 * meets the preferences; plus popularity, plus chance. A modality's features are its item factors, mixed at random into its columns, with noise.
 *
 * By default `text` is strong and quick to learn, `image` weak and slow; but what image shows, text does not. So a model
 * that leans on text alone leaves something behind, and that is what a balanced one can gain.
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
