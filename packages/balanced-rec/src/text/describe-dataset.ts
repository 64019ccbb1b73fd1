import type { DatasetSummary, Finding } from '@balanced-rec/datasets';
import type { ColumnMapping, DatasetRecord, ItemsFound, SplitMethod, Step } from '@balanced-rec/prepare';
import { formatCount } from './numbers.js';

/** A dataset's sizes, in a line for each kind. */
export function describeSummary(summary: DatasetSummary): string[] {
  const { name, layout, userCount, itemCount, train, validation, test, density, modalities } = summary;
  return [
    `dataset ${name} (${layout} layout)`,
    `  ${userCount} users, ${itemCount} items`,
    `  interactions: ${train} training, ${validation} validation, ${test} test; density ${(100 * density).toPrecision(3)} %`,
    ...modalities.map(({ name: modality, rows, dimension }) => `  ${modality} features: ${rows} x ${dimension}`),
  ];
}

/** What is untidy in a dataset, as a line: loud where results suffer from it. */
export function describeFinding({ severity, message }: Finding): string {
  return `${severity === 'warning' ? 'WARNING' : 'note'}: ${message}`;
}

/** The column that each role was given, and why where it may surprise. */
export function describeMapping(
  mapping: ColumnMapping,
  splitBy: SplitMethod,
  unused: readonly string[],
  minRating: number | undefined,
): string {
  const why = (role: string) => {
    if (!unused.includes(role)) return '';
    return role === 'rating' && minRating === undefined
      ? '; not used without --min-rating'
      : `; not used to split by ${splitBy}`;
  };
  return Object.entries(mapping)
    .map(([role, { column, how }]) => `${role}: ${column} (${how}${why(role)})`)
    .join('\n');
}

/** What is left after a step. */
export function describeStep({ step, rows, users, items, rounds }: Step): string {
  const inRounds = rounds === undefined ? '' : `, in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;
  return `${step}: ${formatCount(rows)} rows, ${formatCount(users)} users, ${formatCount(items)} items${inRounds}`;
}

/** What came of the preparation, and where it is. */
export function describePreparation({ counts, badRows, items, hash }: DatasetRecord, out: string): string {
  return [
    ...(badRows > 0 ? [`${formatCount(badRows)} bad rows left out`] : []),
    ...(items ? [describeItems(items)] : []),
    `training ${formatCount(counts.train)}, validation ${formatCount(counts.validation)}, test ${formatCount(counts.test)}`,
    `hash ${hash}`,
    `dataset: ${out}`,
  ].join('\n');
}

function describeItems({ key, how, described, undescribed, repeated, unused }: ItemsFound): string {
  const parts = [
    `${formatCount(described)} described, by ${key} (${how})`,
    `${formatCount(undescribed)} without a description`,
  ];
  if (repeated > 0) parts.push(`${formatCount(repeated)} rows describe an item again and were left out`);
  if (unused > 0) parts.push(`${formatCount(unused)} rows are of no item here`);
  return `items: ${parts.join('; ')}`;
}
