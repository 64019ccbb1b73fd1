import { resolve } from 'node:path';
import { hashDataset } from '../dataset/content-hash.js';
import type { Dataset, DatasetContent, DatasetLayout } from '../dataset/dataset.js';
import { listFolder } from '../disk/reading.js';
import { countItems, type ModalityFile } from '../features/check-features.js';
import { findUntidy } from '../findings/find-untidy.js';
import { largestIds } from '../interaction-files/ids.js';
import { compileSplit } from '../interaction-files/interaction-log.js';
import { ProblemLog } from '../problems/problem-log.js';
import { findLayout, preparedLayout } from './find-layout.js';
import { readFeatures } from './read-features.js';
import { type InteractionsRead, readInteractions } from './read-interactions.js';

/** What to read from a folder, and how strictly. */
export interface ReadOptions {
  /** The modalities to read. By default, all with a `<modality>_feat.npy`. */
  readonly modalities?: readonly string[] | undefined;
  /** The dataset's name. By default, that of the `.inter` table or of the LATTICE folder. */
  readonly name?: string | undefined;
  /** Whether a dataset without features is an error. Default true. */
  readonly requireFeatures?: boolean | undefined;
  /** Which layout to read if the folder has both. */
  readonly layout?: DatasetLayout | undefined;
}

/**
 * Reads the dataset in the folder `path`, in MMRec or LATTICE layout, with every feature file `<modality>_feat.npy` in it.
 * Irregularities go into `findings`; the first error is thrown, with its file and line.
 *
 * @throws BalancedRecError `dataset/...`, `npy/...` or `features/...`: the README lists the codes
 */
export async function readDataset(path: string, options: ReadOptions = {}): Promise<Dataset> {
  const dataset = await assembleDataset(path, options, new ProblemLog({ stopAtFirst: true }));
  // With stopAtFirst, any problem has already been thrown, so this is never undefined.
  return dataset!;
}

/** Reads and checks a folder. Returns undefined if too little could be read for a dataset. */
export async function assembleDataset(
  path: string,
  options: ReadOptions,
  problems: ProblemLog,
): Promise<Dataset | undefined> {
  const names = await problems.attempt(() => listFolder(path));
  if (names === undefined) return undefined;
  const layout = options.layout ?? (await preparedLayout(path, names));
  const files = await problems.attempt(() => findLayout(path, names, layout));
  const read = files && (await problems.attempt(() => readInteractions(files, problems)));
  const features = await readFeatures(path, names, options, problems);
  if (files === undefined || read === undefined) return undefined;

  const compiled = await problems.attempt(() => compile(options.name ?? files.name, read, features, problems));
  if (compiled === undefined) return undefined;
  const { content, duplicates } = compiled;
  const findings = findUntidy(content, duplicates);
  return { ...content, path: resolve(path), layout: files.layout, hash: hashDataset(content), findings };
}

async function compile(
  name: string,
  { log, placeAt }: InteractionsRead,
  files: readonly ModalityFile[],
  problems: ProblemLog,
): Promise<{ content: DatasetContent; duplicates: number }> {
  const { userAt, itemAt } = largestIds(log, placeAt);
  const largest = { id: log.items[itemAt]!, place: placeAt(itemAt) };
  const itemCount = await problems.attempt(() => countItems(files, largest));
  const userCount = log.users[userAt]! + 1;
  const [train, validation, test] = [0, 1, 2].map((split) => compileSplit(log, split, userCount));
  const content = {
    name,
    userCount,
    itemCount: itemCount ?? largest.id + 1,
    train: train!.interactions,
    validation: validation!.interactions,
    test: test!.interactions,
    features: Object.fromEntries(files.map(({ modality, matrix }) => [modality, matrix])),
    modalities: files.map(({ modality }) => modality),
  };
  return { content, duplicates: train!.duplicates + validation!.duplicates + test!.duplicates };
}
