import { once } from 'node:events';
import type { OpenModel } from '@balanced-rec/models';
import type { Command } from 'commander';
import { oneOf, positiveInteger, positiveNumber, wholeNumber } from '../options/option-values.js';
import { importPart } from './import-part.js';
import { interruptionSignal } from './interruption.js';
import { type ModelFlags, openNamedModel, withModelOptions } from './model-options.js';

interface ServeFlags extends ModelFlags {
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly maxK?: number;
  readonly maxUsers?: number;
  readonly maxBody?: number;
  readonly maxWaiting?: number;
  readonly timeout?: number;
  readonly stopWithin?: number;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** `balanced-rec serve MODEL --data DIR` */
export function addServeCommand(program: Command): void {
  withModelOptions(program.command('serve').description('serve recommendations from a saved model over HTTP'))
    .option('--host <address>', 'address to listen on; by default only this machine can reach it', '127.0.0.1')
    .option('-p, --port <n>', 'port to listen on; 0 for any free one', wholeNumber('--port'), 8080)
    .option('--max-k <n>', 'maximum items per list (default: 100)', positiveInteger('--max-k'))
    .option('--max-users <n>', 'maximum users per request (default: 100)', positiveInteger('--max-users'))
    .option('--max-body <bytes>', 'maximum bytes per request (default: 65536)', positiveInteger('--max-body'))
    .option(
      '--max-waiting <n>',
      'maximum waiting requests; further ones get 503 (default: 100)',
      positiveInteger('--max-waiting'),
    )
    .option('--timeout <seconds>', 'time limit for a request to arrive (default: 10)', positiveNumber('--timeout'))
    .option(
      '--stop-within <seconds>',
      'time limit for requests in flight when the service stops (default: 10)',
      positiveNumber('--stop-within'),
    )
    .option('--log-level <name>', LOG_LEVELS.join(', '), 'info')
    .action(async (folder: string, flags: ServeFlags) => {
      const logLevel = oneOf('--log-level', LOG_LEVELS)(flags.logLevel);
      const { startService } = await importPart('serve');
      const signal = interruptionSignal({
        message: 'interrupted before the service started',
        remedy: 'run the same command again',
      });
      const { recommender, users, items, ...model } = await openNamedModel(folder, flags);
      signal.throwIfAborted();
      const { host, port } = flags;
      const about = describe(model);
      const service = await startService(
        { recommender, users, items, about },
        { host, port, logLevel, limits: limitsNamed(flags) },
      );
      process.stdout.write(`${service.url}\n`);
      if (!signal.aborted) await once(signal, 'abort');
      const isWhole = await service.stop();
      process.exitCode = isWhole ? 0 : 1;
    });
}

/** What clients may know about the model. It contains no local paths. */
function describe({ manifest, observed, seen }: Pick<OpenModel, 'manifest' | 'observed' | 'seen'>) {
  const { backbone, modalities, dataHash, about } = manifest;
  const { variant, test } = about as { readonly variant?: unknown; readonly test?: unknown };
  return { backbone, variant, modalities, observed, seen, dataHash, test };
}

/** The limits given as flags; the service's defaults apply to the others. */
function limitsNamed(flags: ServeFlags): Record<string, number> {
  const named = {
    k: flags.maxK,
    users: flags.maxUsers,
    bodyBytes: flags.maxBody,
    waiting: flags.maxWaiting,
    seconds: flags.timeout,
    stopSeconds: flags.stopWithin,
  };
  return Object.fromEntries(Object.entries(named).filter((entry): entry is [string, number] => entry[1] !== undefined));
}
