import stringWidth from 'string-width';
import { formatRate, formatSeconds } from '../text/numbers.js';
import { pad, shortenEnd, shortenMiddle, type TextStyle } from '../text/terminal-text.js';
import type { ComparisonProgress } from './comparison-progress.js';
import { footer } from './describe-comparison.js';
import type { RunProgress } from './run-progress.js';

const GAP = '  ';
const UNKNOWN = '-';
const BAR_WIDTH = 10;

/** A column of the table of runs in progress. */
interface RunColumn {
  readonly header: string;
  readonly align: 'start' | 'end';
  /** Minimum width, so that the table does not jump as numbers grow. */
  readonly width: number;
  /** On a narrow terminal, columns with a high rank are dropped first. */
  readonly rank: number;
  cell(run: RunProgress): string;
}

/** Everything shown about a run besides its name, in reading order. */
const RUN_COLUMNS: readonly RunColumn[] = [
  {
    ...{ header: 'epoch', align: 'end', width: 8, rank: 1 },
    cell: ({ event }) => (event ? `${event.epoch}/${event.maxEpochs}` : 'starting'),
  },
  {
    ...{ header: 'progress', align: 'start', width: BAR_WIDTH + 2, rank: 6 },
    cell: ({ event, lastEpoch }) => bar(event ? event.epoch / lastEpoch! : 0),
  },
  {
    ...{ header: 'rate', align: 'end', width: 9, rank: 4 },
    cell: ({ secondsPerEpoch }) => (secondsPerEpoch === undefined ? UNKNOWN : formatRate(secondsPerEpoch, 'ep')),
  },
  { ...{ header: 'loss', align: 'end', width: 7, rank: 7 }, cell: ({ loss }) => loss?.toFixed(4) ?? UNKNOWN },
  {
    // Short for Recall@20.
    ...{ header: 'val R@20', align: 'end', width: 8, rank: 5 },
    cell: ({ score }) => score?.toFixed(4) ?? UNKNOWN,
  },
  {
    ...{ header: 'best R@20', align: 'end', width: 12, rank: 3 },
    cell: ({ event }) => (event?.bestEpoch ? `${event.bestScore.toFixed(4)} at ${event.bestEpoch}` : UNKNOWN),
  },
  {
    ...{ header: 'left', align: 'end', width: 8, rank: 2 },
    // At least this long: better scores would postpone the end.
    cell: ({ secondsLeft, mayGoOn }) =>
      secondsLeft === undefined ? UNKNOWN : `${mayGoOn ? '> ' : ''}${formatSeconds(secondsLeft)}`,
  },
];

/**
 * A comparison as at most `rows` lines of at most `columns`: the table of the runs in progress (the latest ones if not all fit), and a
 * footer.
 */
export function liveTable(progress: ComparisonProgress, columns: number, rows: number, style: TextStyle): string[] {
  const { running, failed } = progress;
  const last = footer(progress, columns);
  const lines = [failed > 0 ? style.bad(last) : style.faint(last)];
  // The header is worth a line only with a run and the footer below it.
  const latest = running.slice(running.length - Math.max(0, Math.min(running.length, rows - 2)));
  if (latest.length > 0) {
    const [header, ...table] = runTable(latest, columns);
    lines.unshift(style.faint(header!), ...table);
  }
  return lines.slice(0, Math.max(0, rows));
}

/**
 * The runs as lines of at most `width` columns, under a header. The least important columns are dropped if they do not fit, and names
 * are shortened.
 */
function runTable(runs: readonly RunProgress[], width: number): string[] {
  const longest = runs.reduce((most, { label }) => Math.max(most, stringWidth(label)), 'run'.length);
  const leastName = Math.min(longest, Math.max(14, Math.min(28, Math.floor(width * 0.35))));
  const columns = fitting(
    RUN_COLUMNS.map((column) => measured(column, runs)),
    width - leastName,
  );
  const others = columns.reduce((sum, column) => sum + GAP.length + column.width, 0);
  const nameWidth = Math.max(0, Math.min(longest, width - others));
  const row = (name: string, cell: (column: RunColumn) => string) =>
    [pad(shortenMiddle(name, nameWidth), nameWidth), ...columns.map((c) => pad(cell(c), c.width, c.align))]
      .join(GAP)
      .trimEnd();
  return [row('run', ({ header }) => header), ...runs.map((run) => row(run.label, (column) => column.cell(run)))].map(
    (line) => shortenEnd(line, width),
  );
}

/** The column, widened to fit its cells. */
function measured(column: RunColumn, runs: readonly RunProgress[]): RunColumn {
  const cells = [column.header, ...runs.map((run) => column.cell(run))];
  return { ...column, width: cells.reduce((most, cell) => Math.max(most, stringWidth(cell)), column.width) };
}

/** The most important columns that fit side by side, in their original order. */
function fitting(columns: readonly RunColumn[], width: number): RunColumn[] {
  const chosen = new Set<RunColumn>();
  let left = width;
  for (const column of columns.toSorted((a, b) => a.rank - b.rank)) {
    left -= GAP.length + column.width;
    if (left < 0) break;
    chosen.add(column);
  }
  return columns.filter((column) => chosen.has(column));
}

/** How far a run has got, assuming that no further evaluation improves. */
function bar(share: number): string {
  const full = Math.floor(share * BAR_WIDTH);
  return `[${'='.repeat(full)}${' '.repeat(BAR_WIDTH - full)}]`;
}
