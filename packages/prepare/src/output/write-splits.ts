import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatasetContent, hashDataset, writeInter } from '@balanced-rec/datasets';
import { type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';
import type { Workspace } from '../duckdb/workspace.js';
import type { Layout } from '../options/prepare-options.js';
import { numberAnew, writeIds } from '../steps/number-ids.js';
import { collectSplits } from './collect-splits.js';
import type { DatasetRecord } from './dataset-record.js';
import { writeText } from './text-file.js';

/** Where and how to write the splits. */
export interface Destination {
  readonly folder: string;
  readonly name: string;
  readonly layouts: readonly Layout[];
  /** The files they come from, for the error. */
  readonly place: string;
}

/**
 * Numbers the remaining users and items, and writes the splits in each layout, and the ids.
 *
 * @throws BalancedRecError `prepare/empty-split`, `prepare/too-many-interactions`
 */
export async function writeSplits(
  workspace: Workspace,
  { users, items }: { users: number; items: number },
  { folder, name, layouts, place }: Destination,
): Promise<Pick<DatasetRecord, 'counts' | 'hash'>> {
  await numberAnew(workspace);
  const splits = await collectSplits(workspace, users, place);
  const content: DatasetContent = { name, userCount: users, itemCount: items, ...splits, features: {}, modalities: [] };
  if (layouts.includes('mmrec')) await writeInter(join(folder, `${name}.inter`), content);
  if (layouts.includes('lattice')) await writeLattice(folder, content);
  await writeIds(workspace, folder);
  const [train, validation, test] = [splits.train, splits.validation, splits.test].map((split) => split.items.length);
  return {
    counts: { users, items, train: train!, validation: validation!, test: test! },
    hash: hashDataset(content),
  };
}

/** Writes LATTICE's `5-core/train.json`, `val.json` and `test.json`, whatever the core: `{"<user>": [<item>, ...], ...}`. */
async function writeLattice(folder: string, { train, validation, test }: DatasetContent): Promise<void> {
  const inside = join(folder, '5-core');
  await mkdir(inside);
  await writeText(join(inside, 'train.json'), lists(train));
  await writeText(join(inside, 'val.json'), lists(validation));
  await writeText(join(inside, 'test.json'), lists(test));
}

/** Every user has a list, because LATTICE's loader expects one. */
function* lists(split: Interactions): Generator<string> {
  for (let user = 0; user < userCountOf(split); user++) {
    yield `${user === 0 ? '{' : ', '}"${user}": [${itemsOf(split, user).join(', ')}]`;
  }
  yield '}\n';
}
