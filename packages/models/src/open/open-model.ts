import { type CheckpointManifest, Ids, Recommender, rankingTables, type Split } from '@balanced-rec/ckd-core';
import type { ObservedSet } from '@balanced-rec/ckd-core/backbone';
import { readManifest, readRecommender } from '@balanced-rec/ckd-core/node';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { type Interactions, mergeInteractions } from '@balanced-rec/interactions';
import { differenceFromTraining, otherDataset } from './other-data.js';
import { type DatasetIds, readDatasetIds } from './recommender-of.js';
import { restoreBackbone } from './restore-backbone.js';

/** Options for opening a saved model. */
export interface OpenOptions {
  /**
   * The folder of the dataset that the model was trained on. Needed for a view other than the one the model ranks with, and for a model
   * that was saved by version 0.1 or without its users' interactions.
   */
  readonly data?: string | undefined;
  /** The package to import a third-party backbone from. Only used with `data`. */
  readonly packageName?: string | undefined;
  /** The modalities to rank with; by default, those of the model's saved view. */
  readonly observed?: ObservedSet | undefined;
  /** Items of these splits are not recommended to their users; training by default. */
  readonly seen?: readonly Split[] | undefined;
  /** Name users and items by their numbers, even if their original ids are known. */
  readonly byNumber?: boolean | undefined;
}

/** A saved model, ready to recommend. */
export interface OpenModel extends DatasetIds {
  /** The model's folder. */
  readonly folder: string;
  readonly manifest: CheckpointManifest;
  /** The dataset that the model was opened with; undefined if it was opened without one. */
  readonly dataset: Dataset | undefined;
  readonly observed: ObservedSet;
  readonly seen: readonly Split[];
  readonly recommender: Recommender;
}

/**
 * Opens a model folder written by `train` or `compare`. The model is self-contained: it needs neither its dataset nor its backbone,
 * except as {@link OpenOptions.data} says. The engine must be loaded.
 *
 * @throws BalancedRecError `model/needs-data`, `model/no-interactions`, `model/other-dataset`, `model/unknown-modality`,
 * `ids/malformed`, and what reading the checkpoint, the dataset and the backbone's package throws
 */
export async function openModel(folder: string, options: OpenOptions = {}): Promise<OpenModel> {
  const manifest = await readManifest(folder);
  const { data, byNumber = false, seen = ['train'] } = options;
  const observed = observedModalities(manifest, options.observed, folder);
  const model: ModelToOpen = { folder, manifest, observed, seen };
  const opened = data === undefined ? await openAlone(model) : await openOn(data, model, options.packageName);
  if (!byNumber) return { ...model, ...opened };
  const { userCount, itemCount } = opened.recommender;
  return { ...model, ...opened, users: Ids.numbers(userCount), items: Ids.numbers(itemCount) };
}

type ModelToOpen = Pick<OpenModel, 'folder' | 'manifest' | 'observed' | 'seen'>;
type Opened = Pick<OpenModel, 'dataset' | 'recommender' | 'users' | 'items'>;

/** Opens the model from its folder alone. */
async function openAlone({ folder, manifest, observed, seen }: ModelToOpen): Promise<Opened> {
  if (observed.join() !== manifest.observed.join())
    throw needsData(folder, `${manifest.observed.join(', ')}, the view whose tables are saved`, observed.join(', '));
  const stored = await readRecommender(folder, manifest);
  if (!stored) throw needsData(folder, 'recommender.safetensors, which version 0.2 and later save', 'none');
  const { tables, users, items, interactions } = stored;
  const splits = interactions ?? (seen.length === 0 ? undefined : noInteractions(folder, seen));
  const recommender = new Recommender({ tables, train: stored, seen: splits && merged(splits, seen, users.count) });
  return { dataset: undefined, recommender, users, items };
}

/** Opens the model with its dataset and its backbone. The backbone is disposed once the view's tables are computed. */
async function openOn(data: string, model: ModelToOpen, packageName: string | undefined): Promise<Opened> {
  const { folder, manifest, observed, seen } = model;
  const dataset = await readDataset(data, { modalities: [...manifest.modalities] });
  const difference = await differenceFromTraining(folder, manifest, dataset);
  if (difference) throw otherDataset(manifest, dataset, difference, data);
  const ids = await readDatasetIds(dataset);
  const backbone = await restoreBackbone(folder, manifest, dataset, packageName);
  try {
    const tables = rankingTables(backbone, observed);
    const { train, userCount } = dataset;
    return { dataset, recommender: new Recommender({ tables, train, seen: merged(dataset, seen, userCount) }), ...ids };
  } finally {
    backbone.dispose();
  }
}

function merged(
  splits: Readonly<Record<Split, Interactions>>,
  seen: readonly Split[],
  userCount: number,
): Interactions {
  return mergeInteractions(
    seen.map((split) => splits[split]),
    userCount,
  );
}

function observedModalities(manifest: CheckpointManifest, asked: ObservedSet | undefined, place: string): ObservedSet {
  if (asked === undefined) return manifest.observed;
  const unknown = asked.find((modality) => !manifest.modalities.includes(modality));
  if (unknown === undefined) return manifest.modalities.filter((modality) => asked.includes(modality));
  throw new BalancedRecError({
    code: 'model/unknown-modality',
    message: 'the model has no such modality',
    place,
    expected: `any of: ${manifest.modalities.join(', ')}`,
    found: unknown,
    remedy: 'name modalities that the model was trained with',
  });
}

function needsData(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'model/needs-data',
    message: 'the model cannot be opened without its dataset',
    place,
    expected,
    found,
    remedy: 'name the folder of the dataset that it was trained on with --data DIR',
  });
}

function noInteractions(place: string, seen: readonly Split[]): never {
  throw new BalancedRecError({
    code: 'model/no-interactions',
    message: "the model was saved without its users' interactions",
    place,
    expected: "the users' interactions, so that seen items can be excluded from their lists",
    found: `none, and ${seen.join(', ')} to exclude`,
    remedy: 'name the dataset with --data DIR, or exclude nothing with --seen none',
  });
}
