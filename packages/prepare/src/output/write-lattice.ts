import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetContent, Interactions } from '@balanced-rec/datasets';
import { writeText } from './text-file.js';

/** Writes LATTICE's `5-core/train.json`, `val.json` and `test.json`, whatever the core: `{"<user>": [<item>, ...], ...}`. */
export async function writeLattice(
  folder: string,
  { userCount, train, validation, test }: Pick<DatasetContent, 'userCount' | 'train' | 'validation' | 'test'>,
): Promise<void> {
  const inside = join(folder, '5-core');
  await mkdir(inside);
  await writeText(join(inside, 'train.json'), lists(train, userCount));
  await writeText(join(inside, 'val.json'), lists(validation, userCount));
  await writeText(join(inside, 'test.json'), lists(test, userCount));
}

/** Every user has a list, as LATTICE's loader expects. */
function* lists({ offsets, items }: Interactions, userCount: number): Generator<string> {
  for (let user = 0; user < userCount; user++) {
    const list = items.subarray(offsets[user], offsets[user + 1]).join(', ');
    yield `${user === 0 ? '{' : ', '}"${user}": [${list}]`;
  }
  yield '}\n';
}
