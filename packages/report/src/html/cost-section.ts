import { formatCount, MISSING } from '../labels/format-number.js';
import { backboneLabel, floorOf, variantLabel } from '../labels/names.js';
import type { RunRecord } from '../records/run-record.js';
import { meanAndDeviation } from '../statistics/mean-and-deviation.js';
import { groupRuns } from '../summary/group-runs.js';
import { groupedBy, htmlTable } from './html-table.js';
import { escapeHtml } from './markup.js';

/** The time and memory that the runs took. Only this section may differ between two runs of the same configuration. */
export function costSection(records: readonly RunRecord[]): string {
  const rows = groupRuns(records).flatMap(({ dataset, backbone, variants }) =>
    [...variants].map(([variant, runs]) => ({ place: `${dataset} · ${backboneLabel(backbone)}`, variant, runs })),
  );
  const sum = (pick: (run: RunRecord) => number) => records.reduce((all, run) => all + pick(run), 0);
  const [total, training] = [sum(({ times }) => times.wallSeconds), sum(({ times }) => times.trainSeconds)];
  const resumed = records.filter(({ times }) => times.sittings > 1).length;
  const interrupted =
    resumed === 0 ? '' : `${formatCount(resumed)} ${resumed === 1 ? 'run was' : 'runs were'} interrupted and resumed. `;
  const started = records.map(({ times }) => times.startedAt).sort();
  const table = htmlTable({
    caption: `<strong>Cost of a run,</strong> means over seeds. All ${formatCount(records.length)} runs took ${formatSeconds(total)} of wall time, ${formatSeconds(training)} of it training; the first started at ${escapeHtml(formatStart(started[0] ?? ''))}. ${interrupted}Peak memory is that of the run’s process.`,
    label: 'Cost of a run',
    columns: [
      { label: 'Variant', numeric: false },
      ...['Wall time', 'Training', 'Evaluation', 'Epochs', 'Per epoch', 'Parameters', 'Peak memory'].map((label) => ({
        label,
        numeric: true,
      })),
    ],
    groups: groupedBy(rows, ({ place }) => place).map(({ heading, rows: inside }) => ({
      heading,
      rows: inside.map(({ variant, runs }) => {
        const mean = (pick: (run: RunRecord) => number) => meanAndDeviation(runs.map(pick)).mean;
        const epochs = mean((run) => run.result.epochs);
        return [
          escapeHtml(floorOf(runs[0]!.backbone)?.label ?? variantLabel(variant)),
          formatSeconds(mean((run) => run.times.wallSeconds)),
          formatSeconds(mean((run) => run.times.trainSeconds)),
          formatSeconds(mean((run) => run.times.evaluateSeconds)),
          epochs.toFixed(runs.length > 1 ? 1 : 0),
          epochs === 0 ? MISSING : formatSeconds(mean((run) => run.times.trainSeconds) / epochs),
          formatCount(mean((run) => run.parameters)),
          formatBytes(mean((run) => run.times.peakMemoryBytes)),
        ];
      }),
    })),
  });
  return `<section id="cost" aria-labelledby="cost-title"><h2 id="cost-title">Cost</h2>${table}</section>`;
}

function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function formatBytes(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 1024 ? `${mebibytes.toFixed(0)} MiB` : `${(mebibytes / 1024).toFixed(2)} GiB`;
}

/** 2025-01-01T08:00:00.000Z as 2025-01-01 08:00 UTC. */
function formatStart(startedAt: string): string {
  return startedAt.replace(/^(\S+)T(\d\d:\d\d)\S*Z$/, '$1 $2 UTC');
}
