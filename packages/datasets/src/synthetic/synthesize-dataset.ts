import type { DatasetContent } from '../dataset.js';
import { orderModalities } from '../features/order-modalities.js';
import { compileSplit } from '../interactions/compile-split.js';
import { chooseItems } from './choose-items.js';
import { type Latents, plantLatents } from './plant-latents.js';
import { renderFeatures } from './render-features.js';
import { splitPerUser } from './split-per-user.js';
import { completeOptions, type SyntheticOptions } from './synthetic-options.js';

/**
 * Generates a dataset with a planted modality imbalance.
 *
 * Each modality shows tastes of its own: a group of independent item factors, to which each user has preferences.
 * A user chooses the items of highest utility: over the modalities, strength times how well the item meets the preferences;
 * plus popularity, plus chance. A modality's features are its item factors, mixed at random into its columns, with noise.
 *
 * By default `text` is strong and quick to learn, `image` weak and slow; but what image shows, text does not. So a model
 * that leans on text alone leaves something behind, and that is what a balanced one can gain.
 *
 * @throws BalancedRecError `synthetic/bad-option`
 */
export function synthesizeDataset(options: SyntheticOptions): DatasetContent {
  const complete = completeOptions(options);
  const { name, seed, userCount, itemCount } = complete;
  const latents = new Map<string, Latents>();
  for (const modality of complete.modalities) latents.set(modality.name, plantLatents(complete, modality.name));

  const log = splitPerUser(chooseItems(complete, latents), seed);
  const [train, validation, test] = [0, 1, 2].map((split) => compileSplit(log, split, userCount).interactions);
  const modalities = orderModalities(latents.keys());
  const features = Object.fromEntries(
    modalities.map((modality) => {
      const planted = complete.modalities.find((one) => one.name === modality)!;
      return [modality, renderFeatures(planted, latents.get(modality)!.items, itemCount, seed)];
    }),
  );
  return { name, userCount, itemCount, train: train!, validation: validation!, test: test!, features, modalities };
}
