import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentHash } from '../dataset/content-hash.js';
import { SPLITS } from '../dataset/dataset.js';
import { TextWriter } from '../disk/text-writer.js';
import { InterWriter } from '../folder/write-mmrec.js';
import { type PlantedUser, plantedUsers } from './plant-users.js';
import { RawLogWriter, rawItemId } from './raw-log-writer.js';
import { SplitFile } from './split-file.js';
import type { RawTarget, SynthesisTarget } from './synthesis-target.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';
import type { Tastes } from './tastes.js';

/** Generates users one by one, and writes and hashes what they chose. Returns the size of each split. */
export async function writePlantedInteractions(
  folder: string,
  options: CompleteSyntheticOptions,
  tastes: Tastes,
  hash: ContentHash,
  { raw, onProgress, signal }: SynthesisTarget,
): Promise<[train: number, validation: number, test: number]> {
  const files = await openFiles(folder, options, raw);
  try {
    for (const chosen of plantedUsers(options, tastes)) {
      await files.table.append(chosen.user, chosen.items, chosen.splits);
      await files.log?.append(chosen);
      for (const [split, file] of files.splits.entries()) await file.append(chosen.user, itemsIn(split, chosen));
      signal?.throwIfAborted();
      onProgress?.({ stage: 'users', done: chosen.user + 1, total: options.userCount });
    }
    // The hash needs one split after another, but each user brings all three at once.
    for (const [n, split] of SPLITS.entries()) {
      hash.split(split, files.splits[n]!.offsets);
      for await (const items of files.splits[n]!.items()) hash.values(items);
    }
    const [train, validation, test] = files.splits.map(({ offsets }) => offsets.at(-1)!);
    return [train!, validation!, test!];
  } finally {
    await files.close();
    for (const split of SPLITS) await rm(splitPath(folder, split));
  }
}

async function openFiles(
  folder: string,
  { name, seed, userCount, itemCount }: CompleteSyntheticOptions,
  raw?: RawTarget,
) {
  const table = await InterWriter.create(join(folder, `${name}.inter`));
  const log = raw && (await openRawLog(join(folder, 'raw'), raw, seed, itemCount));
  const splits = await Promise.all(SPLITS.map((split) => SplitFile.create(splitPath(folder, split), userCount)));
  const close = async () => {
    for (const file of [table, ...(log ? [log] : []), ...splits]) await file.close();
  };
  return { table, log, splits, close };
}

async function openRawLog(
  folder: string,
  { format, compress = false }: RawTarget,
  seed: number,
  itemCount: number,
): Promise<RawLogWriter> {
  await mkdir(folder);
  const items = await TextWriter.create(join(folder, 'items.txt'));
  for (let item = 0; item < itemCount; item++) await items.append(`${rawItemId(item)}\n`);
  await items.close();
  const name = `interactions.${format}${compress ? '.gz' : ''}`;
  return RawLogWriter.create(join(folder, name), { format, compress, seed });
}

function splitPath(folder: string, split: string): string {
  return join(folder, `.${split}-items`);
}

function itemsIn(split: number, { items, splits }: PlantedUser): Int32Array {
  return items.filter((_, n) => splits[n] === split);
}
