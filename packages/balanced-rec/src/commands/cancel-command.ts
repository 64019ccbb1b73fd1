import { cancel } from '@balanced-rec/eval/queue';
import type { Command } from 'commander';
import { importPart } from './import-part.js';

interface CancelFlags {
  readonly queue: string;
  readonly store: string;
}

/** `balanced-rec cancel ID --queue URL --store PLACE` */
export function addCancelCommand(program: Command): void {
  program
    .command('cancel')
    .description('cancel a comparison queued by `compare --queue`, or list those that are queued')
    .argument('[comparison]', 'its id or title; without it, the queued comparisons are listed')
    .requiredOption('--queue <url>', 'the Redis database of the queue: redis://HOST:PORT/DATABASE')
    .requiredOption('--store <place>', 'the store that `compare` was given: a shared folder or s3://BUCKET/PREFIX')
    .action(async (name: string | undefined, { queue, store }: CancelFlags) => {
      const part = await importPart('queue', 'balanced-rec cancel');
      await cancel(part, { queue, store, name, say: (line) => void process.stdout.write(`${line}\n`) });
    });
}
