import { on } from 'node:events';
import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BalancedRecError } from '@balanced-rec/errors';
import { itemId } from '../items/item-record.js';
import { unreadableFile } from '../items/read-lines.js';
import type { VectorSink } from './collect-vectors.js';
import { type VectorColumns, vectorColumns } from './vector-columns.js';

/** What the thread says: the columns, then rows, then the end; or what is wrong. */
interface Message {
  readonly names?: readonly string[];
  readonly start?: number;
  readonly rows?: readonly (readonly [id: unknown, vector: unknown])[];
  readonly end?: true;
  readonly fault?: string;
}

/** Seconds that may pass without a message, besides one for each MiB of the file. */
const SECONDS = 10;
const ROWS_AT_ONCE = 4096;
/** A row group is in memory as a whole, a number taking 8 bytes or so. */
const MOST_MEGABYTES = 4096;

/**
 * Two columns of a Parquet file, read in a thread that is ended where it hangs or takes too much memory.
 *
 * @throws BalancedRecError `vectors/malformed-parquet`, `vectors/unknown-column`
 */
export async function readParquetVectors(file: string, columns: VectorColumns, sink: VectorSink): Promise<void> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadableFile(file, error);
  });
  const worker = new Worker(workerFile(), {
    workerData: { path: file, rowsAtOnce: ROWS_AT_ONCE },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  try {
    for await (const message of messages(worker, file, SECONDS + size / 2 ** 20)) {
      if (message.names !== undefined) worker.postMessage(vectorColumns(columns, message.names, file));
      for (const [n, [id, vector]] of (message.rows ?? []).entries()) {
        const place = `${file}: row ${message.start! + n}`;
        sink.add(itemId(id, place), vector, place);
      }
    }
  } finally {
    await worker.terminate();
  }
}

/** Beside the sources as well as the build: both find the package by its name. */
function workerFile(): string {
  return join(
    dirname(createRequire(import.meta.url).resolve('@balanced-rec/features/package.json')),
    'parquet-worker.mjs',
  );
}

/** The messages of a thread until it says that it has ended. */
async function* messages(worker: Worker, file: string, seconds: number): AsyncGenerator<Message> {
  // Queued, since several may come before the first is asked for.
  const stream = on(worker, 'message', { signal: endOf(worker) });
  const patience = new Patience(worker, seconds);
  worker.once('error', ({ message }) => {
    patience.reason ??= message;
  });
  try {
    for await (const [message] of stream as AsyncIterable<[Message]>) {
      patience.renew();
      if (message.fault !== undefined) throw malformed(file, message.fault);
      if (message.end) return;
      yield message;
    }
  } catch (error) {
    throw (error as Error).name === 'AbortError'
      ? malformed(file, patience.reason ?? 'its reader has failed', error)
      : error;
  } finally {
    patience.end();
  }
}

/** Aborted when the thread ends in whatever way: out of memory, by an error, or by being ended. */
function endOf(worker: Worker): AbortSignal {
  const controller = new AbortController();
  // What is queued is taken first.
  worker.once('exit', () => setImmediate(() => controller.abort()));
  return controller.signal;
}

/** Ends a thread that has said nothing for too long. */
class Patience {
  readonly #worker: Worker;
  readonly #seconds: number;
  #timer: NodeJS.Timeout | undefined;
  /** Why the thread was ended, if it was. */
  reason: string | undefined;

  constructor(worker: Worker, seconds: number) {
    this.#worker = worker;
    this.#seconds = seconds;
    this.renew();
  }

  renew(): void {
    this.end();
    this.#timer = setTimeout(() => {
      this.reason = `its reader came to nothing in ${Math.round(this.#seconds)} seconds`;
      void this.#worker.terminate();
    }, this.#seconds * 1000);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** The reader's own errors are of any kind: all of them mean that the file is broken, or of a kind that it does not know. */
function malformed(place: string, found: string, cause?: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/malformed-parquet',
    message: 'this is no Parquet file that can be read',
    place,
    expected: 'a Parquet file with a column of ids and a column of lists of numbers',
    found: found.split('\n')[0]!.slice(0, 200),
    remedy: 'write it again, for example with pandas or pyarrow, or as .jsonl',
    cause,
  });
}
