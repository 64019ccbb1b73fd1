import { on } from 'node:events';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BalancedRecError } from '@balanced-rec/errors';
import { unreadableFile } from './read-lines.js';

/** A message from the thread: the columns, then rows, then the end; or an error. */
interface Message {
  readonly names?: readonly string[];
  readonly start?: number;
  readonly rows?: readonly (readonly unknown[])[];
  readonly end?: true;
  readonly fault?: string;
}

/** A row of a file, counted from 0, with its values in the order of the chosen columns. */
export interface ParquetRow {
  readonly row: number;
  readonly values: readonly unknown[];
}

/** What a file is read for: how its errors are named. */
export interface ParquetUse {
  /** The code for a file that cannot be read. */
  readonly code: string;
  readonly expected: string;
  /** Chooses the columns to read from those of the file. */
  choose(names: readonly string[]): readonly string[];
}

/** How many seconds may pass without a message, plus one per MiB of the file. */
const SECONDS = 10;
const ROWS_AT_ONCE = 4096;
/** A row group is held in memory completely, at about 8 bytes per number. */
const MOST_MEGABYTES = 4096;

/**
 * Reads columns of a Parquet file in a thread, which is terminated if it hangs or uses too much memory.
 *
 * @throws BalancedRecError the code of the use, `items/missing-file`, `items/unreadable-file`, and what `choose` throws
 */
export async function* parquetRows(file: string, use: ParquetUse): AsyncGenerator<ParquetRow> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadableFile(file, error);
  });
  const worker = new Worker(workerFile(), {
    workerData: { path: file, rowsAtOnce: ROWS_AT_ONCE },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  const fault = (found: string, cause?: unknown) => malformed(file, use, found, cause);
  try {
    for await (const message of messages(worker, SECONDS + size / 2 ** 20, fault)) {
      if (message.names !== undefined) worker.postMessage(use.choose(message.names));
      for (const [n, values] of (message.rows ?? []).entries()) yield { row: message.start! + n, values };
    }
  } finally {
    await worker.terminate();
  }
}

/** The worker is found through the package's name, which works for both the sources and the build. */
function workerFile(): string {
  return join(
    dirname(createRequire(import.meta.url).resolve('@balanced-rec/features/package.json')),
    'parquet-worker.mjs',
  );
}

/** Yields the thread's messages until it announces its end. */
async function* messages(
  worker: Worker,
  seconds: number,
  fault: (found: string, cause?: unknown) => BalancedRecError,
): AsyncGenerator<Message> {
  // Messages are queued, because several may arrive before the first is requested.
  const stream = on(worker, 'message', { signal: endOf(worker) });
  const patience = new Patience(worker, seconds);
  worker.once('error', ({ message }) => {
    patience.reason ??= message;
  });
  try {
    for await (const [message] of stream as AsyncIterable<[Message]>) {
      patience.renew();
      if (message.fault !== undefined) throw fault(message.fault);
      if (message.end) return;
      yield message;
    }
  } catch (error) {
    throw (error as Error).name === 'AbortError' ? fault(patience.reason ?? 'the reader failed', error) : error;
  } finally {
    patience.end();
  }
}

/** Aborted when the thread ends for any reason: out of memory, an error, or termination. */
function endOf(worker: Worker): AbortSignal {
  const controller = new AbortController();
  // Queued messages are handled first.
  worker.once('exit', () => setImmediate(() => controller.abort()));
  return controller.signal;
}

/** Terminates a thread that has been silent for too long. */
class Patience {
  readonly #worker: Worker;
  readonly #seconds: number;
  #timer: NodeJS.Timeout | undefined;
  /** Why the thread was terminated, if it was. */
  reason: string | undefined;

  constructor(worker: Worker, seconds: number) {
    this.#worker = worker;
    this.#seconds = seconds;
    this.renew();
  }

  renew(): void {
    this.end();
    this.#timer = setTimeout(() => {
      this.reason = `the reader made no progress in ${Math.round(this.#seconds)} seconds`;
      void this.#worker.terminate();
    }, this.#seconds * 1000);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** The reader's errors can be of any kind. All of them mean that the file is broken, or of an unsupported kind. */
function malformed(place: string, { code, expected }: ParquetUse, found: string, cause?: unknown): BalancedRecError {
  return new BalancedRecError({
    code,
    message: 'the Parquet file cannot be read',
    place,
    expected,
    found: found.split('\n')[0]!.slice(0, 200),
    remedy: 'write it again, for example with pandas or pyarrow, or as .jsonl',
    cause,
  });
}
