import { compareMetrics } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import { groupRuns } from '../summary/group-runs.js';
import type { Summary } from '../summary/summary.js';

/** The columns of {@link renderCsv}. */
export const CSV_COLUMNS = [
  'run',
  'dataset',
  'dataHash',
  'backbone',
  'variant',
  'seed',
  'split',
  'metric',
  'value',
  'bestEpoch',
  'epochs',
  'stoppedBy',
  'parameters',
  'engine',
] as const;

/**
 * Renders every measured value as CSV in long form, one line per run, split and metric, for notebooks and statistics packages.
 * Fields are quoted as in RFC 4180. Values have full precision. There are no times in it, so the same runs give the same bytes.
 * @throws BalancedRecError `report/no-runs`, `report/duplicate-run`
 */
export function renderCsv(records: readonly RunRecord[]): string {
  const lines = [CSV_COLUMNS.join(',')];
  const runs = groupRuns(records).flatMap((group) => [...group.variants.values()].flat());
  for (const { id, dataset, backbone, variant, seed, result, parameters, engine } of runs) {
    for (const split of ['validation', 'test'] as const) {
      for (const metric of Object.keys(result[split]).sort(compareMetrics)) {
        const row: Record<(typeof CSV_COLUMNS)[number], string | number> = {
          run: id,
          dataset: dataset.name,
          dataHash: dataset.hash,
          backbone,
          variant,
          seed,
          split,
          metric,
          value: result[split][metric]!,
          bestEpoch: result.bestEpoch,
          epochs: result.epochs,
          stoppedBy: result.stoppedBy,
          parameters,
          engine,
        };
        lines.push(CSV_COLUMNS.map((column) => quoted(String(row[column]))).join(','));
      }
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Renders the summary as JSON, for programs. It contains no times, so the same runs give the same bytes. */
export function renderJson(summary: Summary): string {
  return `${JSON.stringify(summary, null, 2)}\n`;
}

function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
