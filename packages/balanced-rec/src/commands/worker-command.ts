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
    .description('do runs of comparisons that were enqueued with `compare --queue`, until it is stopped')
    .requiredOption('--queue <url>', 'the Redis with the queue: redis://HOST:PORT/DATABASE')
    .requiredOption('--store <place>', 'where results and checkpoints go: a shared folder, or s3://BUCKET/PREFIX')
    .requiredOption('-d, --data <dir>', 'a dataset folder that it may use (repeatable)', repeated, [])
    .option('--package <name>', "a third party's backbone or variant that it may import (repeatable)", repeated, [])
    .option('-j, --jobs <n>', 'runs at the same time', positiveInteger('--jobs'), 1)
    .option('--scratch <dir>', 'its own folder for runs under way (default: a temporary one)')
    .option(
      '--stalled-after <seconds>',
      'without a heartbeat, after which the runs of a worker are taken over; the same for all workers',
      positiveNumber('--stalled-after'),
      30,
    )
    .option('--once', 'end when a comparison is done')
    .action(async (flags: WorkerFlags) => {
      const say = (line: string) => process.stderr.write(`${line}\n`);
      const part = await importPart('queue', 'balanced-rec worker');
      const signal = interruptionSignal({
        message: 'interrupted; the runs in hand went back to the queue',
        remedy: 'start a worker again to go on with them',
      });
      const { queue, store, data, package: packages, scratch, jobs, stalledAfter, once = false } = flags;
      await work(part, { queue, store, data, packages, scratch, jobs, stalledAfter, once, say, signal });
      say('stopped; what was under way is in the queue');
    });
}
