import { work } from '@balanced-rec/eval/queue';
import type { Command } from 'commander';
import { positiveInteger, positiveNumber, repeated } from '../options/option-values.js';
import { importPart } from './import-part.js';
import { interruptionSignal } from './interruption.js';

interface WorkerFlags {
  readonly queue: string;
  readonly store: string;
  readonly data: readonly string[];
  readonly package: readonly string[];
  readonly jobs: number;
  readonly scratch?: string;
  readonly stalledAfter: number;
  readonly once?: boolean;
}

/** `balanced-rec worker --queue URL --store PLACE --data DIR` */
export function addWorkerCommand(program: Command): void {
  program
    .command('worker')
    .description('execute the runs queued by `compare --queue`, until stopped')
    .requiredOption('--queue <url>', 'the Redis database of the queue: redis://HOST:PORT/DATABASE')
    .requiredOption('--store <place>', 'where results and checkpoints go: a shared folder or s3://BUCKET/PREFIX')
    .requiredOption('-d, --data <dir>', 'a dataset folder that the worker may use (repeatable)', repeated, [])
    .option(
      '--package <name>',
      'a third-party package of a backbone or variant that the worker may import (repeatable)',
      repeated,
      [],
    )
    .option('-j, --jobs <n>', 'number of runs at a time', positiveInteger('--jobs'), 1)
    .option('--scratch <dir>', "the worker's own folder for runs in progress (default: a temporary one)")
    .option(
      '--stalled-after <seconds>',
      "time without a heartbeat after which a worker's runs are taken over; use the same value for all workers",
      positiveNumber('--stalled-after'),
      30,
    )
    .option('--once', 'exit when a comparison is done')
    .action(async (flags: WorkerFlags) => {
      const say = (line: string) => process.stderr.write(`${line}\n`);
      const part = await importPart('queue', 'balanced-rec worker');
      const signal = interruptionSignal({
        message: 'interrupted; the runs in progress went back to the queue',
        remedy: 'start a worker again to resume them',
      });
      const { queue, store, data, package: packages, scratch, jobs, stalledAfter, once = false } = flags;
      await work(part, { queue, store, data, packages, scratch, jobs, stalledAfter, once, say, signal });
      say('stopped; the runs in progress are back in the queue');
      // A request to a store that does not answer would keep this process for minutes.
      process.exit();
    });
}
