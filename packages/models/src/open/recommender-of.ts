import { rankingTables, type StoredRecommender, trainingTrace } from '@balanced-rec/ckd-core';
import type { Backbone, ObservedSet } from '@balanced-rec/ckd-core/backbone';
import type { Dataset } from '@balanced-rec/datasets';
import { readDatasetIds } from './dataset-ids.js';

/** What of a trained model is to be kept, so that it recommends without its dataset. */
export interface RecommenderRequest {
  readonly backbone: Backbone;
  /** The view that it ranks with. */
  readonly observed: ObservedSet;
  /** What it was trained on. */
  readonly dataset: Dataset;
  /** Whether to keep what users had. It is user data, so it may have to stay where it is. */
  readonly interactions: boolean;
}

/** A trained model reduced to what recommends. The engine must be loaded. @throws BalancedRecError `ids/malformed` */
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
