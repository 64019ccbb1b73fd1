import type { Basis, Recommendation, RecommendOptions } from '@balanced-rec/ckd-core';
import { quotedField } from '@balanced-rec/datasets';
import type { OpenModel } from '../open/open-model.js';

/** The recommendations for one user, in the dataset's own ids. */
export interface UserRecommendation {
  /** Null for an unknown user of whom only the given items are known. */
  readonly user: string | number | null;
  readonly basis: Basis;
  readonly items: readonly { readonly item: string | number; readonly score: number }[];
}

/** How many users' lists are held in memory at a time. */
const USERS_PER_BLOCK = 256;

/** Recommends to users, given by number. Yields one list after another, so that they need not fit into memory together. */
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

/** Recommends to somebody who is not a user of the model. */
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

/** How recommendations can be written: a table with a header, one JSON object per line, or one JSON array. */
export const RECOMMENDATION_FORMATS = ['tsv', 'jsonl', 'json'] as const;

/** One of {@link RECOMMENDATION_FORMATS}. */
export type RecommendationFormat = (typeof RECOMMENDATION_FORMATS)[number];

/** The text of recommendations, in one piece per user. */
export function* formatRecommendations(
  recommendations: Iterable<UserRecommendation>,
  format: RecommendationFormat,
): Generator<string, void, undefined> {
  if (format === 'tsv') yield 'user\trank\titem\tscore\tbasis\n';
  if (format === 'json') yield '[';
  let separator = '\n';
  for (const recommendation of recommendations) {
    if (format === 'tsv') yield tableRows(recommendation);
    else if (format === 'jsonl') yield `${JSON.stringify(recommendation)}\n`;
    else yield `${separator}${JSON.stringify(recommendation)}`;
    separator = ',\n';
  }
  if (format === 'json') yield '\n]\n';
}

function tableRows({ user, basis, items }: UserRecommendation): string {
  return items
    .map(
      ({ item, score }, index) =>
        `${quotedField(user ?? '')}\t${index + 1}\t${quotedField(item)}\t${score}\t${basis}\n`,
    )
    .join('');
}
