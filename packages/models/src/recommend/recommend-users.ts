import type { Basis, Recommendation, RecommendOptions } from '@balanced-rec/ckd-core';
import type { OpenModel } from '../open/open-model.js';

/** What is recommended to one user, in the dataset's own ids. */
export interface UserRecommendation {
  /** Null for somebody of whom only the given items are known. */
  readonly user: string | number | null;
  readonly basis: Basis;
  readonly items: readonly { readonly item: string | number; readonly score: number }[];
}

/** Users whose lists are held at a time. */
const USERS_PER_BLOCK = 256;

/** Recommendations for some users, by number, one after the other, so that their lists need not fit into memory. */
export function* recommendUsers(
  model: OpenModel,
  users: Int32Array,
  options: RecommendOptions,
): Generator<UserRecommendation, void, undefined> {
  for (let start = 0; start < users.length; start += USERS_PER_BLOCK) {
    const block = users.subarray(start, start + USERS_PER_BLOCK);
    for (const [index, recommendation] of model.recommender.forUsers(block, options).entries())
      yield named(model, model.users.idOf(block[index]!), recommendation);
  }
}

/** Recommendations for somebody who is no user of the model's. */
export function recommendNobody(model: OpenModel, options: RecommendOptions): UserRecommendation {
  return named(model, null, model.recommender.forItems(options));
}

function named(
  { items: ids }: OpenModel,
  user: string | number | null,
  { basis, items, scores }: Recommendation,
): UserRecommendation {
  const list = Array.from(items, (item, rank) => ({ item: ids.idOf(item), score: shortFloat(scores[rank]!) }));
  return { user, basis, items: list };
}

/** The number with the fewest digits that is the same float32. */
export function shortFloat(value: number): number {
  for (const digits of [6, 7, 8]) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
