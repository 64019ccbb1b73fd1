import { quotedField } from '@balanced-rec/datasets';
import type { UserRecommendation } from './recommend-users.js';

/** How recommendations can be written: a table with a header, one JSON object a line, or one JSON array. */
export const RECOMMENDATION_FORMATS = ['tsv', 'jsonl', 'json'] as const;

/** One of {@link RECOMMENDATION_FORMATS}. */
export type RecommendationFormat = (typeof RECOMMENDATION_FORMATS)[number];

/** The text of recommendations, a piece for each user. */
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
