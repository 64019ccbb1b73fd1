import type { DatasetContent } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Interactions } from '@balanced-rec/interactions';
import type { Workspace } from '../duckdb/workspace.js';

type Splits = Pick<DatasetContent, 'train' | 'validation' | 'test'>;

/** The offset of a user's items is a 32-bit number. */
const MOST = 2 ** 31 - 1;

const NAMES = ['training', 'validation', 'test'] as const;

/**
 * Collects the three splits, by user and item, into typed arrays.
 *
 * @throws BalancedRecError `prepare/empty-split`, `prepare/too-many-interactions`
 */
export async function collectSplits(workspace: Workspace, userCount: number, place: string): Promise<Splits> {
  const sizes = await splitSizes(workspace);
  const empty = sizes.indexOf(0);
  if (empty >= 0) throw emptySplit(sizes, empty, place);
  if (sizes.some((size) => size > MOST)) throw tooMany(sizes, place);
  const [train, validation, test] = [
    await collectSplit(workspace, 0, userCount, sizes[0]!),
    await collectSplit(workspace, 1, userCount, sizes[1]!),
    await collectSplit(workspace, 2, userCount, sizes[2]!),
  ];
  return { train, validation, test };
}

async function splitSizes(workspace: Workspace): Promise<number[]> {
  const count = [0, 1, 2].map((label) => `count(*) FILTER (label = ${label})`).join(', ');
  return workspace.numbers(`SELECT ${count} FROM interactions`, 'counting the splits');
}

async function collectSplit(
  workspace: Workspace,
  label: number,
  userCount: number,
  size: number,
): Promise<Interactions> {
  const offsets = new Int32Array(userCount + 1);
  const items = new Int32Array(size);
  const chunks = workspace.stream(
    `SELECT final_users.final AS "user", final_items.final AS item
     FROM interactions JOIN final_users ON final_users.number = "user" JOIN final_items ON final_items.number = item
     WHERE label = ${label} ORDER BY 1, 2`,
    `collecting ${NAMES[label]}`,
  );
  let at = 0;
  for await (const chunk of chunks) {
    const users = chunk.getColumnValues(0) as number[];
    for (const user of users) offsets[user + 1]!++;
    items.set(chunk.getColumnValues(1) as number[], at);
    at += users.length;
  }
  for (let user = 0; user < userCount; user++) offsets[user + 1]! += offsets[user]!;
  return { offsets, items };
}

function emptySplit(sizes: readonly number[], empty: number, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/empty-split',
    message: `there are no interactions for ${NAMES[empty]}`,
    place,
    expected: 'interactions for training, validation and test',
    found: sizes.map((size, label) => `${size} ${NAMES[label]}`).join(', '),
    remedy: 'a user needs three interactions to be in all splits; choose another split, or filter less',
  });
}

function tooMany(sizes: readonly number[], place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'prepare/too-many-interactions',
    message: 'a split has too many interactions',
    place,
    expected: `at most ${MOST.toLocaleString('en-US')}`,
    found: sizes.map((size, label) => `${size} ${NAMES[label]}`).join(', '),
    remedy: 'filter more, or use fewer of the files',
  });
}
