import type { Ids, Recommender } from '@balanced-rec/ckd-core';
import type { Metrics } from './metrics.js';
import type { WorkQueue } from './work-queue.js';

/** What is served; `openModel` of `@balanced-rec/eval` gives one, but for `about`. */
export interface ServedModel {
  readonly recommender: Recommender;
  readonly users: Ids;
  readonly items: Ids;
  /** What `GET /v1/model` says besides the counts. */
  readonly about: Readonly<Record<string, unknown>>;
}

/** What one request, and all of them together, may ask for. */
export interface Limits {
  /** Items in a list. */
  readonly k: number;
  /** Users in a request. */
  readonly users: number;
  /** Items in a request's `history`, and in its `exclude`. */
  readonly items: number;
  /** Bytes of a request's body. */
  readonly bodyBytes: number;
  /** Seconds in which a request must have arrived, and then its turn have come. */
  readonly seconds: number;
  /** Requests that wait for their turn; any more are sent away with 503. */
  readonly waiting: number;
  readonly connections: number;
  /** Seconds that requests in flight have when the service is stopped. */
  readonly stopSeconds: number;
}

/** The limits where none are given. */
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
