import type { DatasetContent, Interactions } from '@balanced-rec/datasets';
import { writeText } from './text-file.js';

type Splits = Pick<DatasetContent, 'userCount' | 'train' | 'validation' | 'test'>;

/** Writes MMRec's table: tab-separated, `userID`, `itemID` and `x_label` (0 training, 1 validation, 2 test), by user, then item. */
export function writeInter(path: string, splits: Splits): Promise<void> {
  return writeText(path, inter(splits));
}

function* inter({ userCount, train, validation, test }: Splits): Generator<string> {
  yield 'userID\titemID\tx_label\n';
  for (let user = 0; user < userCount; user++) yield linesOf(user, [train, validation, test]);
}

/** A user's lines: the three lists are in order, so the least of their heads comes next. */
function linesOf(user: number, splits: readonly Interactions[]): string {
  const heads = splits.map(({ offsets }) => offsets[user]!);
  const ends = splits.map(({ offsets }) => offsets[user + 1]!);
  let lines = '';
  for (;;) {
    let next = -1;
    let item = Number.POSITIVE_INFINITY;
    for (let label = 0; label < splits.length; label++) {
      const head = heads[label]!;
      if (head === ends[label] || splits[label]!.items[head]! >= item) continue;
      next = label;
      item = splits[label]!.items[head]!;
    }
    if (next < 0) return lines;
    lines += `${user}\t${item}\t${next}\n`;
    heads[next]!++;
  }
}
