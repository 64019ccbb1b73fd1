import {
  type CheckpointManifest,
  Ids,
  Recommender,
  rankingTables,
  requireTrainedOn,
  untrainedBackbone,
} from '@balanced-rec/ckd-core';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core/backbone';
import { readManifest } from '@balanced-rec/ckd-core/node';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { loadBackbone } from '../loading/load-backbone.js';
import { loadInto } from './load-into.js';
import { mergeInteractions } from './merge-interactions.js';
import { readIds } from './read-ids.js';

export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** What a saved model is opened with. */
export interface OpenOptions {
  /** The folder of the dataset that the model was trained on. */
  readonly data: string;
  /** The package to import the backbone from, if it is not one of this project's. */
  readonly packageName?: string | undefined;
  /** The modalities to rank with; those that the model ranks with by default. */
  readonly observed?: ObservedSet | undefined;
  /** Items of these splits are not recommended to their users; training by default. */
  readonly seen?: readonly Split[];
  /** Name users and items by their numbers, even where the dataset has their original ids. */
  readonly byNumber?: boolean;
}

/** A saved model, ready to recommend. */
export interface OpenModel {
  /** The model's own. */
  readonly folder: string;
  readonly manifest: CheckpointManifest;
  readonly dataset: Dataset;
  readonly observed: ObservedSet;
  readonly seen: readonly Split[];
  readonly recommender: Recommender;
  readonly users: Ids;
  readonly items: Ids;
}

/**
 * Opens a model folder, as `train` and `compare` write it, with the dataset that it was trained on. The engine must be loaded.
 *
 * @throws BalancedRecError `model/other-dataset`, `model/unknown-modality`, `ids/malformed`, and what reading the dataset, the
 * checkpoint and the backbone's package throws
 */
export async function openModel(folder: string, options: OpenOptions): Promise<OpenModel> {
  const manifest = await readManifest(folder);
  const observed = observedModalities(manifest, options.observed, folder);
  const definition = await loadBackbone(manifest.backbone, options.packageName, folder);
  const dataset = await readDataset(options.data, { modalities: [...manifest.modalities] });
  requireTrainedOn(manifest, dataset.hash, options.data);
  const { byNumber = false, seen = ['train'] } = options;
  const users = byNumber ? Ids.numbers(dataset.userCount) : await readIds(options.data, 'user', dataset.userCount);
  const items = byNumber ? Ids.numbers(dataset.itemCount) : await readIds(options.data, 'item', dataset.itemCount);
  const backbone = untrainedBackbone(definition, manifest, dataset);
  const recommender = await recommenderOf(backbone, folder, observed, dataset, seen);
  return { folder, manifest, dataset, observed, seen, recommender, users, items };
}

/** What recommends is the tables alone; the backbone is let go of. */
async function recommenderOf(
  backbone: Backbone,
  folder: string,
  observed: ObservedSet,
  dataset: Dataset,
  seen: readonly Split[],
): Promise<Recommender> {
  try {
    await loadInto(backbone, folder);
    return new Recommender({
      tables: rankingTables(backbone, observed),
      train: dataset.train,
      seen: mergeInteractions(
        seen.map((split) => dataset[split]),
        dataset.userCount,
      ),
    });
  } finally {
    backbone.dispose();
  }
}

function observedModalities(manifest: CheckpointManifest, asked: ObservedSet | undefined, place: string): ObservedSet {
  if (asked === undefined) return manifest.observed;
  const unknown = asked.find((modality) => !manifest.modalities.includes(modality));
  if (unknown === undefined) return manifest.modalities.filter((modality) => asked.includes(modality));
  throw new BalancedRecError({
    code: 'model/unknown-modality',
    message: 'the model has no such modality',
    place,
    expected: `some of: ${manifest.modalities.join(', ')}`,
    found: unknown,
    remedy: 'name modalities that the model was trained with',
  });
}
