import { markdownTable } from '../../../reference/src/markdown-table.js';
import type { FaultMeasurement } from './measure-faults.js';

/** The tables in docs/faults.md, from recorded documents of `pnpm bench faults`. Write costs come from the last document. */
export function faultTable(documents: readonly FaultMeasurement[]): string {
  const trials = documents.flatMap((document) => document.trials);
  const { syncCosts } = documents.at(-1)!;
  const rows = trials.map(({ fault, must, tried, held }) => [fault, must, String(tried), String(held)]);
  const costs = syncCosts.map(({ what, bytes, plainMs, durableMs, digestMs }) => [
    what,
    `${bytes / 1e6} MB`,
    ...[plainMs, durableMs, digestMs].map((ms) => ms.toFixed(ms < 10 ? 2 : 0)),
  ]);
  const sum = (part: 'tried' | 'held') => String(trials.reduce((total, trial) => total + trial[part], 0));
  return [
    markdownTable(['fault', 'what must hold', 'tried', 'held'], [...rows, ['all', '', sum('tried'), sum('held')]]),
    markdownTable(
      ['file', 'size', 'written and renamed, ms', 'with fsync and SHA-256, ms', 'SHA-256 alone, ms'],
      costs,
    ),
  ].join('\n\n');
}
