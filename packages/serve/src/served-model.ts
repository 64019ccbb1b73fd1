import type { Ids, Recommender } from '@balanced-rec/ckd-core';

/** What is served; `openModel` of `@balanced-rec/eval` gives one, but for `about`. */
export interface ServedModel {
  readonly recommender: Recommender;
  readonly users: Ids;
  readonly items: Ids;
  /** What `GET /v1/model` says besides the counts. */
  readonly about: Readonly<Record<string, unknown>>;
}
