import { formatScore } from '../labels/format-number.js';
import type { Choice, Decision, SearchRecord } from '../records/search-record.js';
import type { ExtraTable } from './report-table.js';

/** What a search tried and chose, as a table of the report. */
export function searchTable({ method, seed, decisions }: SearchRecord): ExtraTable {
  const how = method === 'grid' ? 'every combination' : `combinations drawn at random (seed ${seed})`;
  return {
    title: 'Hyper-parameter search',
    text: `By ${how}, on the validation split alone; the trials read no test split. Every trial is in search.json.`,
    columns: [
      'Dataset, backbone',
      'Options of',
      'Chosen by',
      'Trials',
      'Chosen',
      'Validation Recall@20',
      'Worst to best',
    ],
    rows: decisions.map(rowOf),
  };
}

function rowOf({ dataset, backbone, stage, variant, seed, trials, failed, chosen }: Decision): string[] {
  const { values, score } = trials.find(({ number }) => number === chosen)!;
  const scores = trials.map((trial) => trial.score);
  return [
    `${dataset}, ${backbone}`,
    stage,
    `${variant}, seed ${seed}`,
    `${trials.length + failed.length}${failed.length > 0 ? ` (${failed.length} failed)` : ''}`,
    describeChoice(values),
    formatScore(score),
    `${formatScore(Math.min(...scores))} to ${formatScore(Math.max(...scores))}`,
  ];
}

function describeChoice(choice: Choice): string {
  return Object.values(choice)
    .flatMap((section) => Object.entries(section))
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
