import { Ids } from '@balanced-rec/ckd-core';
import { type Dataset, readOriginalIds } from '@balanced-rec/datasets';

/** What a dataset calls its users and items. */
export interface DatasetIds {
  readonly users: Ids;
  readonly items: Ids;
}

/**
 * The original ids of a dataset's users and items, from its `users.tsv` and `items.tsv`; their numbers where there are no such files.
 * @throws BalancedRecError `ids/malformed`
 */
export async function readDatasetIds({ path, userCount, itemCount }: Dataset): Promise<DatasetIds> {
  const users = await readOriginalIds(path, 'user', userCount);
  const items = await readOriginalIds(path, 'item', itemCount);
  return {
    users: users ? Ids.originals(users) : Ids.numbers(userCount),
    items: items ? Ids.originals(items) : Ids.numbers(itemCount),
  };
}
