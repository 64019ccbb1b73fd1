import type { benchDistributed } from '../bench-distributed.js';

/** The document `pnpm bench distributed` prints. */
export type DistributedDocument = Awaited<ReturnType<typeof benchDistributed>> & {
  readonly machine: { readonly cores: number; readonly cpu: string; readonly loadAverageBefore: readonly number[] };
};

/** Matches keys that BullMQ keeps for a queue rather than for a job. */
export const OF_NO_JOB = /:(meta|events|marker|id|pc|stalled-check)$/;

/** The outcome of the comparison under each kind of fault, as Markdown. */
export function faultTable({ disturbed, onOneMachine, settings }: DistributedDocument): string {
  const kinds = [...new Set(disturbed.injected.map(({ fault }) => fault))];
  const rows = kinds.map((kind) => {
    const ones = disturbed.injected.filter(({ fault }) => fault === kind);
    const seconds = ones.map(({ note, secondsUntilOn }) => note ?? `${secondsUntilOn} s`).join(', ');
    const hit = ones.reduce((sum, { runs }) => sum + runs.length, 0);
    const repeated = ones.reduce((sum, { epochsRepeated }) => sum + epochsRepeated, 0);
    return [kind, ones.length, hit, seconds, repeated];
  });
  const jobsLeft = disturbed.redisKeysLeft.filter((key) => !OF_NO_JOB.test(key));
  const { filesCompared, filesDiffering, finishedTwice, redisKeysLeft, statesLeft, resultsInStore } = disturbed;
  return [
    table(['fault', 'injected', 'runs hit', 'until it resumed', 'epochs repeated'], rows),
    '',
    `${disturbed.injected.length} faults in ${disturbed.seconds} s, with ${settings.workers} workers, \`--stalled-after ${settings.stalledAfter}\`, \`--checkpoint-every ${settings.checkpointEvery}\`. Afterwards:`,
    '',
    table(
      ['what', 'count'],
      [
        ['runs of the comparison', onOneMachine.runs],
        ['results in the store', resultsInStore],
        ['runs finished twice', finishedTwice.length],
        ['files (records, models, teachers, reports) compared with those from one machine', filesCompared],
        ['of these, files that differ in more than times', filesDiffering.length],
        ['jobs left in Redis', jobsLeft.length],
        ['other BullMQ keys left in Redis', redisKeysLeft.length - jobsLeft.length],
        ['checkpoints left in the store', statesLeft.length],
      ],
    ),
  ].join('\n');
}

/** How long the same comparison takes with and without workers and faults, as Markdown. */
export function scalingTable({ machine, onOneMachine, undisturbed, disturbed, settings }: DistributedDocument): string {
  const rows = [
    ['without a queue, `--jobs 2`', onOneMachine.seconds],
    ...[...undisturbed]
      .reverse()
      .map(({ workers, seconds }) => [`${workers} worker${workers > 1 ? 's' : ''}`, seconds]),
    [`${settings.workers} workers, ${disturbed.injected.length} faults`, disturbed.seconds],
  ];
  return [
    table(['the same comparison', 'seconds'], rows),
    '',
    `On ${machine.cores} cores (${machine.cpu}), with a load average of ${machine.loadAverageBefore[0]} at the start. Time lost per fault, compared with the same number of undisturbed workers: ${disturbed.secondsLostPerFault} s.`,
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  const isNumber = head.map((_, at) => rows.every((row) => typeof row[at] === 'number'));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, at) => (isNumber[at] ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (isNumber[at] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join('\n');
}
