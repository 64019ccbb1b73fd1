import { formatRate } from './format-rate.js';
import { formatSeconds } from './format-time.js';
import type { RunProgress } from './run-progress.js';

/** A column of the table of runs in progress. */
export interface RunColumn {
  readonly header: string;
  readonly align: 'start' | 'end';
  /** So wide at least, lest the table jump as numbers grow. */
  readonly width: number;
  /** Where the terminal is narrow, columns of a high rank go first. */
  readonly rank: number;
  cell(run: RunProgress): string;
}

const UNKNOWN = '-';
const BAR_WIDTH = 10;

/** All that is said of a run besides its name, in the order of reading. */
export const runColumns: readonly RunColumn[] = [
  {
    ...{ header: 'epoch', align: 'end', width: 8, rank: 1 },
    cell: ({ event }) => (event ? `${event.epoch}/${event.maxEpochs}` : 'starting'),
  },
  {
    ...{ header: 'to the end', align: 'start', width: BAR_WIDTH + 2, rank: 6 },
    cell: ({ event, lastEpoch }) => bar(event ? event.epoch / lastEpoch! : 0),
  },
  {
    ...{ header: 'rate', align: 'end', width: 9, rank: 4 },
    cell: ({ secondsPerEpoch }) => (secondsPerEpoch === undefined ? UNKNOWN : formatRate(secondsPerEpoch, 'ep')),
  },
  { ...{ header: 'loss', align: 'end', width: 7, rank: 7 }, cell: ({ loss }) => loss?.toFixed(4) ?? UNKNOWN },
  {
    // Recall@20, in fewer letters.
    ...{ header: 'val R@20', align: 'end', width: 8, rank: 5 },
    cell: ({ score }) => score?.toFixed(4) ?? UNKNOWN,
  },
  {
    ...{ header: 'best R@20', align: 'end', width: 12, rank: 3 },
    cell: ({ event }) => (event?.bestEpoch ? `${event.bestScore.toFixed(4)} at ${event.bestEpoch}` : UNKNOWN),
  },
  {
    ...{ header: 'left', align: 'end', width: 8, rank: 2 },
    // More than that where better scores would put the end off.
    cell: ({ secondsLeft, mayGoOn }) =>
      secondsLeft === undefined ? UNKNOWN : `${mayGoOn ? '> ' : ''}${formatSeconds(secondsLeft)}`,
  },
];

/** How far a run is on the way to its end, should no evaluation improve any more. */
function bar(share: number): string {
  const full = Math.floor(share * BAR_WIDTH);
  return `[${'='.repeat(full)}${' '.repeat(BAR_WIDTH - full)}]`;
}
