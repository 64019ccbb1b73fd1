import { itemsOf } from '@balanced-rec/interactions';
import type { DatasetContent } from '../dataset.js';
import { InterWriter } from './inter-writer.js';

/** Writes MMRec's table: tab-separated, `userID`, `itemID` and `x_label` (0 training, 1 validation, 2 test), by user, then item. */
export async function writeInter(
  path: string,
  { userCount, train, validation, test }: Pick<DatasetContent, 'userCount' | 'train' | 'validation' | 'test'>,
): Promise<void> {
  const table = await InterWriter.create(path);
  try {
    for (let user = 0; user < userCount; user++) {
      const parts = [train, validation, test].map((split) => itemsOf(split, user));
      const items = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
      const splits = new Uint8Array(items.length);
      let at = 0;
      for (const [split, part] of parts.entries()) {
        items.set(part, at);
        splits.fill(split, at, at + part.length);
        at += part.length;
      }
      await table.append(user, items, splits);
    }
  } finally {
    await table.close();
  }
}
