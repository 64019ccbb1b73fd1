import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { orderModalities } from '../features/order-modalities.js';
import { checkFileName } from '../folder/check-file-name.js';
import { ContentHash } from '../folder/content-hash.js';
import { writeFolder } from '../folder/write-folder.js';
import { plantTastes } from './plant-tastes.js';
import type { SynthesisTarget } from './synthesis-target.js';
import { type CompleteSyntheticOptions, completeOptions, type SyntheticOptions } from './synthetic-options.js';
import { type SyntheticRecord, syntheticRecord } from './synthetic-record.js';
import { writePlantedFeatures } from './write-planted-features.js';
import { writePlantedInteractions } from './write-planted-interactions.js';

/**
 * Generates a dataset of any size into a folder of MMRec layout: what `synthesizeDataset` gives for the same options. Users are
 * planted, written and forgotten one by one; memory holds the hidden factors of the items, and three numbers for each user.
 * `dataset.json` records where it comes from. The folder appears as a whole: see {@link writeFolder}.
 *
 * @param folder is made, with its parents; it may exist if it is empty
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
