import { join } from 'node:path';
import { writeIdTable } from '@balanced-rec/datasets';
import { tinyDataset } from '@balanced-rec/tiny-data';
import { runWell } from './cli.js';

/** A dataset of 40 users and 30 items, optionally with original ids, and a model trained for one epoch. */
export async function trainedModel(
  root: string,
  { originals = false } = {},
): Promise<{ readonly data: string; readonly model: string; readonly userIds: string[]; readonly itemIds: string[] }> {
  const data = await tinyDataset(root);
  const userIds = Array.from({ length: 40 }, (_, n) => `u-${n * 7}`);
  const itemIds = Array.from({ length: 30 }, (_, n) => (n === 4 ? 'B "4"' : `B${n}`));
  if (originals) {
    await writeIdTable(data, 'user', userIds);
    await writeIdTable(data, 'item', itemIds);
  }
  const args = ['-b', 'vbpr', '-v', 'plain', '-p', 'mmrec', '--max-epochs', '2', '--set', 'embeddingDim=8'];
  await runWell(['train', data, ...args, '-e', 'wasm', '--out', join(root, 'out')]);
  return { data, model: join(root, 'out/models/tiny--vbpr--plain--s1'), userIds, itemIds };
}
