import { Ids, rankingTables, type StoredRecommender, trainingTrace } from '@balanced-rec/ckd-core';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core/backbone';
import { type Dataset, readOriginalIds } from '@balanced-rec/datasets';

/** A dataset's ids of users and items. */
export interface DatasetIds {
  readonly users: Ids;
  readonly items: Ids;
}

/**
 * The original ids of a dataset's users and items, from its `users.tsv` and `items.tsv`; their numbers if there are no such files.
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

/** What to keep of a trained model, so that it can recommend without its dataset. */
export interface RecommenderRequest {
  readonly backbone: Backbone;
  /** The view that it ranks with. */
  readonly observed: ObservedSet;
  /** The dataset that it was trained on. */
  readonly dataset: Dataset;
  /** Whether to keep the users' interactions. They are user data, which may not be allowed to leave its place. */
  readonly interactions: boolean;
}

/** Reduces a trained model to what recommending needs. The engine must be loaded. @throws BalancedRecError `ids/malformed` */
export async function recommenderOf(request: RecommenderRequest): Promise<StoredRecommender> {
  const { backbone, observed, dataset, interactions } = request;
  const { train, validation, test, itemCount } = dataset;
  const ids = await readDatasetIds(dataset);
  return {
    ...ids,
    tables: rankingTables(backbone, observed),
    ...trainingTrace(train, itemCount),
    interactions: interactions ? { train, validation, test } : undefined,
  };
}
