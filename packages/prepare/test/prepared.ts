import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, readDataset, readOriginalIds } from '@balanced-rec/datasets';
import { type Interactions, itemsOf } from '@balanced-rec/interactions';
import { type DatasetRecord, type PrepareOptions, prepare } from '../src/index.js';
import { scratchFolder } from './scratch-folder.js';

/** A dataset that was prepared and read back, with its interactions by original ids. */
export interface Prepared {
  readonly folder: string;
  readonly record: DatasetRecord;
  readonly dataset: Dataset;
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** `user item` of each interaction, sorted. */
  readonly train: readonly string[];
  readonly validation: readonly string[];
  readonly test: readonly string[];
}

type Options = Omit<PrepareOptions, 'interactions' | 'out'>;

/** Writes files into a new folder and prepares the first one. */
export async function prepareFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Options & { interactions?: string[] } = {},
): Promise<Prepared> {
  const folder = await scratchFolder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const { items, ...others } = options;
  return preparePaths(
    (options.interactions ?? [Object.keys(files)[0]!]).map((name) => join(folder, name)),
    { ...others, items: items?.map((name) => join(folder, name)) },
  );
}

/** Prepares existing files. */
export async function preparePaths(interactions: string[], options: Options = {}): Promise<Prepared> {
  const out = join(await scratchFolder(), 'made');
  const record = await prepare({ threads: 2, memory: '512MB', ...options, interactions, out });
  const dataset = await readDataset(out, { requireFeatures: false });
  const users = (await readOriginalIds(out, 'user', dataset.userCount))!;
  const items = (await readOriginalIds(out, 'item', dataset.itemCount))!;
  const named = (split: Interactions) =>
    users.flatMap((user, at) => Array.from(itemsOf(split, at), (item) => `${user} ${items[item]}`)).sort();
  return {
    ...{ folder: out, record, dataset, users, items },
    ...{ train: named(dataset.train), validation: named(dataset.validation), test: named(dataset.test) },
  };
}

/** A log of users u0, u1, ... with ten items each, at times 1000 to 1009. All users have the same items. */
export function tenEach(users = 3): string {
  const lines = ['user_id,item_id,rating,timestamp'];
  for (let user = 0; user < users; user++) {
    for (let at = 0; at < 10; at++) lines.push(`u${user},i${(at * 7 + user) % 10},${(at % 5) + 1},${1000 + at}`);
  }
  return `${lines.join('\n')}\n`;
}
