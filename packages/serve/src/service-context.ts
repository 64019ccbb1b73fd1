import type { Ids, Recommender } from '@balanced-rec/ckd-core';
import type { Metrics } from './metrics.js';
import type { WorkQueue } from './work-queue.js';

/** The model to serve: the result of `openModel` from `@balanced-rec/eval`, plus `about`. */
export interface ServedModel {
  readonly recommender: Recommender;
  readonly users: Ids;
  readonly items: Ids;
  /** What `GET /v1/model` returns in addition to the counts. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** The limits for one request, and for all requests together. */
export interface Limits {
  /** Items per list. */
  readonly k: number;
  /** Users per request. */
  readonly users: number;
  /** Items in a request's `history`, and in its `exclude`. */
  readonly items: number;
  /** Bytes in a request body. */
  readonly bodyBytes: number;
  /** The time limit in seconds for receiving a request, and then for its turn. */
  readonly seconds: number;
  /** Requests that may wait for their turn. Any more get a 503. */
  readonly waiting: number;
  readonly connections: number;
  /** The time in seconds for requests in flight when the service stops. */
  readonly stopSeconds: number;
}

/** The default limits. */
export const defaultLimits: Limits = {
  k: 100,
  users: 100,
  items: 1000,
  bodyBytes: 64 * 1024,
  seconds: 10,
  waiting: 100,
  connections: 1000,
  stopSeconds: 10,
};

/** What the routes share. */
export interface ServiceContext {
  readonly model: ServedModel;
  readonly limits: Limits;
  readonly queue: WorkQueue;
  readonly metrics: Metrics;
}
