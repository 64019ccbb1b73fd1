import { resolve } from 'node:path';
import type { Dataset, DatasetContent } from '../dataset.js';
import { countItems, type ModalityFile } from '../features/count-items.js';
import { findUntidy } from '../findings/find-untidy.js';
import { compileSplit } from '../interactions/compile-split.js';
import { explainEmptySplits } from '../interactions/explain-empty-splits.js';
import { largestIds } from '../interactions/largest-ids.js';
import type { ProblemLog } from '../problem-log.js';
import { findLayout } from './find-layout.js';
import { hashDataset } from './hash-dataset.js';
import { listFolder } from './list-folder.js';
import { preparedLayout } from './prepared-layout.js';
import { readFeatures } from './read-features.js';
import { type InteractionsRead, readInteractions } from './read-interactions.js';
import type { ReadOptions } from './read-options.js';

/** Reads and checks a folder. Answers undefined where too little could be read to make a dataset of. */
export async function assembleDataset(
  path: string,
  options: ReadOptions,
  problems: ProblemLog,
): Promise<Dataset | undefined> {
  const names = await problems.attempt(() => listFolder(path));
  if (names === undefined) return undefined;
  const layout = options.layout ?? (await preparedLayout(path, names));
  const files = await problems.attempt(() => findLayout(path, names, layout));
  const read = files && (await problems.attempt(() => readCompleteInteractions(files, problems)));
  const features = await readFeatures(path, names, options, problems);
  if (files === undefined || read === undefined) return undefined;

  const compiled = await problems.attempt(() => compile(options.name ?? files.name, read, features, problems));
  if (compiled === undefined) return undefined;
  const { content, duplicates } = compiled;
  const findings = findUntidy(content, duplicates);
  return { ...content, path: resolve(path), layout: files.layout, hash: hashDataset(content), findings };
}

async function readCompleteInteractions(
  files: Parameters<typeof readInteractions>[0],
  problems: ProblemLog,
): Promise<InteractionsRead | undefined> {
  const before = problems.count;
  const read = await readInteractions(files, problems);
  // A split may only be empty because its lines could not be read: then that is what there is to say.
  const empty = problems.count === before ? explainEmptySplits(read.log, read.place) : undefined;
  if (empty !== undefined) problems.report(empty);
  return read.log.count > 0 ? read : undefined;
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
