import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Command } from 'commander';
import { compare } from '../comparison/compare.js';
import { ComparisonDisplay } from './comparison-display.js';
import { interruptionSignal } from './interruption.js';
import { positiveInteger } from './option-values.js';

interface CompareFlags {
  readonly out?: string;
  readonly data?: string;
  readonly jobs: number;
  readonly checkpointEvery: number;
}

/** `balanced-rec compare FILE --out DIR` */
export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('run a comparison (datasets x backbones x variants x seeds) and write its report')
    .argument('<file>', 'a comparison file (YAML)')
    .option(
      '-o, --out <dir>',
      'output folder; finished runs in it are kept (default: runs/<name of the file, or of --data>)',
    )
    .option('-d, --data <dir>', 'compare on this dataset folder instead of those that the file names')
    .option('-j, --jobs <n>', 'runs at the same time', positiveInteger('--jobs'), availableParallelism())
    .option(
      '--checkpoint-every <seconds>',
      'how often the state of a run in progress is saved',
      positiveInteger('--checkpoint-every'),
      30,
    )
    .action(async (file: string, { out, data, jobs, checkpointEvery: checkpointSeconds }: CompareFlags) => {
      const folder = out ?? join('runs', basename(data ? resolve(data) : file).replace(/\.ya?ml$/, ''));
      const onData = data ? ` --data ${shellWord(data)}` : '';
      const command = `balanced-rec compare ${shellWord(file)}${onData} --out ${shellWord(folder)}`;
      const listener = new ComparisonDisplay();
      const signal = interruptionSignal();
      const result = await compare({
        file,
        ...(data ? { data } : {}),
        out: folder,
        jobs,
        checkpointSeconds,
        command,
        listener,
        signal,
      });
      if (result.reports) process.stdout.write(`\n${result.reports.text}\n`);
      const unfinished = [...result.outcomes].filter(([, outcome]) => outcome.status !== 'done');
      for (const [id, outcome] of unfinished) {
        if (outcome.status === 'blocked') process.stderr.write(`not run: ${id}, since ${outcome.by} failed\n`);
      }
      if (result.reports) process.stdout.write(`report: ${result.reports.html}\n`);
      if (unfinished.length > 0) throw failedRuns(unfinished.length, result.outcomes.size, folder);
    });
}

/** An argument as a shell reads it. */
function shellWord(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function failedRuns(count: number, total: number, folder: string): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/failed-runs',
    message: `${count} of ${total} runs did not finish`,
    place: folder,
    expected: 'every run done',
    found: 'the failures listed above',
    remedy: 'mend their cause and run the same command again; finished runs are kept',
  });
}
