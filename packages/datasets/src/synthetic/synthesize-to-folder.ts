import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ContentHash } from '../dataset/content-hash.js';
import { orderModalities } from '../dataset/dataset.js';
import { checkFileName, writeFolder } from '../disk/write-folder.js';
import type { SynthesisTarget } from './synthesis-target.js';
import { type CompleteSyntheticOptions, completeOptions, type SyntheticOptions } from './synthetic-options.js';
import { plantTastes } from './tastes.js';
import { writePlantedFeatures } from './write-planted-features.js';
import { writePlantedInteractions } from './write-planted-interactions.js';

/** Where a folder's generated data comes from: the content of its `dataset.json`. */
export interface SyntheticRecord {
  readonly format: 1;
  readonly kind: 'synthetic';
  /** All options, with defaults filled in. The same options give the same files again. */
  readonly options: CompleteSyntheticOptions;
  readonly counts: {
    readonly users: number;
    readonly items: number;
    readonly interactions: number;
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
  /** The `hashDataset` of the content. */
  readonly hash: string;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Generates a dataset of any size into a folder in MMRec layout, with the content that `synthesizeDataset` gives for the same
 * options. Users are generated, written and discarded one by one. Memory holds the hidden factors of the items, and three
 * numbers per user. `dataset.json` records the options and versions used. The folder is written atomically: see
 * {@link writeFolder}.
 *
 * @param folder created with its parents if necessary; an existing folder must be empty
 * @throws BalancedRecError `synthetic/bad-option`, `dataset/folder-exists`, `dataset/bad-name`
 */
export async function synthesizeToFolder(
  options: SyntheticOptions,
  folder: string,
  target: SynthesisTarget = {},
): Promise<SyntheticRecord> {
  const complete = completeOptions(options);
  for (const { name } of [complete, ...complete.modalities]) checkFileName(name);
  return writeFolder(folder, (partial) => writeFiles(partial, complete, target), {
    overwrite: target.overwrite ?? false,
  });
}

async function writeFiles(
  folder: string,
  options: CompleteSyntheticOptions,
  target: SynthesisTarget,
): Promise<SyntheticRecord> {
  const { userCount, itemCount, modalities } = options;
  const tastes = plantTastes(options);
  const hash = new ContentHash(userCount, itemCount);
  const sizes = await writePlantedInteractions(folder, options, tastes, hash, target);
  for (const name of orderModalities(modalities.map((modality) => modality.name))) {
    const n = modalities.findIndex((modality) => modality.name === name);
    await writePlantedFeatures(folder, options, n, tastes.items, hash, target);
  }
  const record = syntheticRecord(options, sizes, hash.digest());
  await writeFile(join(folder, 'dataset.json'), `${JSON.stringify(record, null, 2)}\n`);
  return record;
}

/** @param splitSizes in the order of `SPLITS` */
function syntheticRecord(
  options: CompleteSyntheticOptions,
  splitSizes: readonly [number, number, number],
  hash: string,
): SyntheticRecord {
  const [train, validation, test] = splitSizes;
  const { userCount: users, itemCount: items } = options;
  const counts = { users, items, interactions: train + validation + test, train, validation, test };
  return { format: 1, kind: 'synthetic', options, counts, hash, versions: versions() };
}

function versions(): Record<string, string> {
  const manifest = createRequire(import.meta.url).resolve('@balanced-rec/datasets/package.json');
  const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'));
  return { [name]: version };
}
