import type { DatasetSummary, Finding } from '@balanced-rec/datasets';
import type { ColumnMapping, DatasetRecord, ItemsFound, SplitMethod, Step } from '@balanced-rec/prepare';
import { formatCount } from './numbers.js';

/** A dataset's sizes, one line for each kind. */
export function describeSummary(summary: DatasetSummary): string[] {
  const { name, layout, userCount, itemCount, train, validation, test, density, modalities } = summary;
  return [
    `dataset ${name} (${layout} layout)`,
    `  ${userCount} users, ${itemCount} items`,
    `  interactions: ${train} training, ${validation} validation, ${test} test; density ${(100 * density).toPrecision(3)} %`,
    ...modalities.map(({ name: modality, rows, dimension }) => `  ${modality} features: ${rows} x ${dimension}`),
  ];
}

/** A finding about a dataset as one line; a capitalised WARNING if it harms results. */
export function describeFinding({ severity, message }: Finding): string {
  return `${severity === 'warning' ? 'WARNING' : 'note'}: ${message}`;
}

/** The column chosen for each role, and why, where the choice may be surprising. */
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

/** What remains after a step. */
export function describeStep({ step, rows, users, items, rounds }: Step): string {
  const inRounds = rounds === undefined ? '' : `, in ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;
  return `${step}: ${formatCount(rows)} rows, ${formatCount(users)} users, ${formatCount(items)} items${inRounds}`;
}

/** The prepared dataset's sizes, and where it is. */
export function describePreparation(record: DatasetRecord, out: string): string {
  const { counts, badRows, listed, wholeFloats, mapping, items, hash } = record;
  return [
    ...(badRows > 0 ? [`${formatCount(badRows)} bad rows skipped`] : []),
    ...(listed > 0
      ? [`${formatCount(listed)} rows come from lists in ${mapping.item!.column}: one row for each item`]
      : []),
    ...wholeFloats.map((role) => `${role} ids such as 1.0 are read as 1: all of them are whole numbers`),
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
  if (repeated > 0) parts.push(`${formatCount(repeated)} rows describe an item again and were skipped`);
  if (unused > 0) parts.push(`${formatCount(unused)} rows match no item in this dataset`);
  return `items: ${parts.join('; ')}`;
}
