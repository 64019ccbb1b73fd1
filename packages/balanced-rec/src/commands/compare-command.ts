import { basename, join, resolve } from 'node:path';
import type { BalancedRecError } from '@balanced-rec/errors';
import type { CompareOptions } from '@balanced-rec/eval';
import { queuedRuns } from '@balanced-rec/eval/queue';
import type { Command } from 'commander';
import { showComparison } from '../comparison/show-comparison.js';
import { EventWriter } from '../events/event-writer.js';
import { badOption, positiveInteger, positiveNumber, repeated } from '../options/option-values.js';
import { ComparisonDisplay } from '../progress/comparison-display.js';
import { importPart } from './import-part.js';
import { interruptionSignal } from './interruption.js';
import { NO_INTERACTIONS } from './model-options.js';

interface CompareFlags {
  readonly out?: string;
  readonly data?: string;
  readonly package: readonly string[];
  readonly jobs?: number;
  readonly checkpointEvery: number;
  readonly resume: boolean;
  readonly interactions: boolean;
  readonly json?: boolean;
  readonly queue?: string;
  readonly store?: string;
}

const QUEUE_GOES_ON = {
  message: 'interrupted; the runs stay in the queue, and workers continue with them',
  remedy: 'run the same command again to follow them and write the report',
};

/** `balanced-rec compare FILE --out DIR` */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('run a comparison (datasets x backbones x variants x seeds) and write its report')
    .argument('<file>', 'a comparison file (YAML)')
    .option(
      '-o, --out <dir>',
      'output folder; finished runs in it are kept (default: runs/<name of the file or of --data>)',
    )
    .option('-d, --data <dir>', 'compare on this dataset folder instead of those in the file')
    .option(
      '--package <name>',
      'a third-party package that the file may import, named as in the file (repeatable)',
      repeated,
      [],
    )
    .option(
      '-j, --jobs <n>',
      'number of runs at a time, memory permitting (default: the number of cores, or the CPU quota if that is less)',
      positiveInteger('--jobs'),
    )
    .option(
      '--checkpoint-every <seconds>',
      'how often to save the state of a run in progress',
      positiveNumber('--checkpoint-every'),
      30,
    )
    .option('--resume', 'resume the runs in the output folder (the default)')
    .option('--no-resume', 'refuse an output folder that already holds runs')
    .option('--no-interactions', NO_INTERACTIONS)
    .option('--queue <url>', 'queue the runs in Redis for `balanced-rec worker` processes: redis://HOST:PORT/DATABASE')
    .option('--store <place>', 'with --queue: where results and checkpoints go, a shared folder or s3://BUCKET/PREFIX')
    .option('--json', 'report progress as JSON Lines on standard output (docs/events.md)')
    .action(async (file: string, flags: CompareFlags) => {
      if (flags.json) keepFromStandardOutput();
      const view = flags.json ? new EventWriter() : new ComparisonDisplay();
      await showComparison(view, () => optionsOf(file, flags));
    });
}

async function optionsOf(file: string, flags: CompareFlags): Promise<Omit<CompareOptions, 'listener'>> {
  const { data, package: packages, jobs, checkpointEvery: checkpointSeconds, resume } = flags;
  const saveInteractions = flags.interactions;
  const out = flags.out ?? join('runs', basename(data ? resolve(data) : file).replace(/\.ya?ml$/, ''));
  const onData = data ? ` --data ${shellWord(data)}` : '';
  const withCode = packages.map((name) => ` --package ${shellWord(name)}`).join('');
  const command = `balanced-rec compare ${shellWord(file)}${onData}${withCode} --out ${shellWord(out)}`;
  const openPlace = await placeNamed(flags);
  const signal = interruptionSignal(openPlace && QUEUE_GOES_ON);
  return {
    ...{ file, out, data, packages, jobs, checkpointSeconds, resume, saveInteractions },
    ...{ command, signal, openPlace },
  };
}

/**
 * The queue that the flags name; undefined to run on this machine.
 * @throws BalancedRecError `cli/bad-option`, and what {@link importPart} throws
 */
async function placeNamed({ queue, store, jobs }: Pick<CompareFlags, 'queue' | 'store' | 'jobs'>) {
  if (queue === undefined && store === undefined) return undefined;
  if (queue === undefined || store === undefined) throw needsOther(queue === undefined ? '--queue' : '--store');
  if (jobs !== undefined) throw jobsOfWorkers(jobs);
  return queuedRuns(await importPart('queue', 'balanced-rec compare --queue'), { queue, store });
}

function needsOther(missing: string): BalancedRecError {
  return badOption({
    message: '--queue and --store must be given together',
    place: missing,
    expected: '--queue redis://HOST:PORT/DATABASE and --store DIR or s3://BUCKET/PREFIX',
    found: `no ${missing}`,
    remedy: 'give both, or neither to run on this machine',
  });
}

function jobsOfWorkers(jobs: number): BalancedRecError {
  return badOption({
    message: 'with --queue, each worker sets its own number of runs at a time',
    place: '--jobs',
    expected: 'no --jobs with --queue',
    found: String(jobs),
    remedy: 'pass --jobs to `balanced-rec worker` instead',
  });
}

/** Third-party backbones are imported into this process and may print; standard output is reserved for events. */
function keepFromStandardOutput(): void {
  for (const method of ['log', 'info', 'debug'] as const) console[method] = console.error;
}

/** Quotes an argument for a shell where it needs quotes. */
function shellWord(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
