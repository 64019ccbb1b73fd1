import type {
  ColdMeasures,
  Diagnosis,
  Distribution,
  Estimate,
  FeatureMeasures,
  ItemNames,
  ModalityProbe,
  NearDuplicateMeasures,
  SplitMeasures,
} from '@balanced-rec/datasets';
import { formatCount, formatPercent } from './numbers.js';

const EXAMPLES = 2;

/** A dataset's measurements, on about one screen: its sizes and distributions, and how strong each modality is alone. */
export function describeDiagnosis(diagnosis: Diagnosis, itemNames: ItemNames): string[] {
  return [
    ...describeInteractions(diagnosis),
    ...describeFeatures(diagnosis),
    ...describeNearDuplicates(diagnosis, itemNames),
    ...describeProbe(diagnosis),
  ];
}

function describeInteractions({ train, validation, test, coldItems, coldUsers }: Diagnosis): string[] {
  const split = (name: string, measures: SplitMeasures) => [
    name,
    formatCount(measures.interactions),
    formatPercent(measures.density),
    formatCount(measures.users),
    formatCount(measures.items),
    spread(measures.perUser),
    spread(measures.perItem),
  ];
  const { top1, top20, gini } = train.perItem;
  return [
    '',
    ...table([
      ['interactions', 'count', 'density', 'users', 'items', 'per user', 'per item'],
      split('training', train),
      split('validation', validation),
      split('test', test),
    ]),
    '  per user and item: smallest-largest, median in brackets',
    `  popularity: the top 1 % of items have ${formatPercent(top1)} of training, the top 20 % ${formatPercent(top20)}; Gini ${gini.toFixed(2)}`,
    `  not in training: ${cold('item', coldItems)}; ${cold('user', coldUsers)}`,
  ];
}

function spread({ min, median, max }: Distribution): string {
  return `${formatCount(min)}-${formatCount(max)} (${formatCount(median)})`;
}

function cold(noun: string, { count, validation, test }: ColdMeasures): string {
  if (count === 0) return `no ${noun}s`;
  const nouns = count === 1 ? noun : `${noun}s`;
  return `${formatCount(count)} ${nouns}, in ${formatPercent(validation)} of validation and ${formatPercent(test)} of test`;
}

function describeFeatures({ features }: Diagnosis): string[] {
  const entries = Object.entries(features);
  if (entries.length === 0) return [];
  return [
    '',
    ...table([
      ['features', 'columns', 'constant', 'rank', 'items covered', 'row norms', 'mean cosine'],
      ...entries.map(([modality, measures]) => featureRow(modality, measures)),
    ]),
  ];
}

function featureRow(modality: string, measures: FeatureMeasures): string[] {
  const { columns, faultyColumns, effectiveRank, coverage, fallbacks, norms, normalised, meanCosine } = measures;
  return [
    modality,
    formatCount(columns),
    formatCount(faultyColumns.constant),
    effectiveRank.toPrecision(3),
    `${formatPercent(coverage)}${fallbacks ? `, ${formatCount(fallbacks)} fallbacks` : ''}`,
    normalised ? 'all 1' : `${short(norms.min)}-${short(norms.max)} (${short(norms.median)})`,
    meanCosine.toFixed(2),
  ];
}

function describeNearDuplicates({ nearDuplicates: { threshold, found } }: Diagnosis, names: ItemNames): string[] {
  if (found.length === 0) return [];
  const examples = found.flatMap(({ modalities, examples }) =>
    examples.slice(0, EXAMPLES).map(({ items: [one, other], cosine }) => {
      const where = modalities.length > 1 ? 'all' : modalities[0];
      return `  e.g. ${where}, ${cosine.toFixed(4)}: ${named(one, names)} and ${named(other, names)}`;
    }),
  );
  return [
    '',
    ...table([
      ['near-duplicates', 'pairs', 'items', 'leaks: validation', 'test'],
      ...found.map((measures) => nearDuplicateRow(measures)),
    ]),
    `  pairs with a cosine of at least ${threshold}; a leak: the user has the other one in training`,
    ...found.filter(({ recall }) => recall < 1).map(describeRecall),
    ...examples,
  ];
}

function nearDuplicateRow({ modalities, pairs, items, leaks }: NearDuplicateMeasures): string[] {
  const where = modalities.length > 1 ? 'in all' : modalities[0]!;
  return [where, formatCount(pairs), formatCount(items), formatCount(leaks.validation), formatCount(leaks.test)];
}

function describeRecall({ modalities, recall }: NearDuplicateMeasures): string {
  const where = modalities.length > 1 ? 'in all' : modalities[0];
  return `  ${where}: too many items to compare every pair; about ${formatPercent(recall)} of all such pairs were found`;
}

function named(item: number, names: ItemNames): string {
  return names[item] === undefined ? `item ${item}` : `item ${item} (${names[item]})`;
}

function describeProbe({ probe }: Diagnosis): string[] {
  if ('skipped' in probe) return ['', `strength of each modality: not measured (${probe.skipped})`];
  const { users, modalities, popularity, itemNeighbours, verdict } = probe;
  return [
    '',
    ...table([
      ['strength alone', 'neighbours', 'shuffled', 'linear', 'shuffled'],
      ...modalities.map(probeRow),
      ['popularity', estimate(popularity), '', '', ''],
      ['item-CF', estimate(itemNeighbours), '', '', ''],
    ]),
    `  Recall@20 of ${formatCount(users)} test users ± standard error`,
    `  ${verdict}`,
  ];
}

function probeRow({ modality, neighbours, linear }: ModalityProbe): string[] {
  return [
    modality,
    estimate(neighbours.recall),
    neighbours.shuffled.mean.toFixed(3),
    estimate(linear.recall),
    linear.shuffled.mean.toFixed(3),
  ];
}

function estimate({ mean, error }: Estimate): string {
  return `${mean.toFixed(3)} ± ${error.toFixed(3)}`;
}

/** Aligns rows: the first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const widest = Math.max(widths[0]!, 'near-duplicates'.length + 2);
  return rows.map((row, n) => {
    const [label, ...cells] = row;
    const aligned = cells.map((cell, column) => cell.padStart(widths[column + 1]!));
    return [`${n === 0 ? '' : '  '}${label}`.padEnd(widest), ...aligned].join('  ').trimEnd();
  });
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
