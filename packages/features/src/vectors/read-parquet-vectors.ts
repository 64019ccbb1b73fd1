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

/** A message from the thread: the columns, then rows, then the end; or an error. */
interface Message {
  readonly names?: readonly string[];
  readonly start?: number;
  readonly rows?: readonly (readonly [id: unknown, vector: unknown])[];
  readonly end?: true;
  readonly fault?: string;
}

/** How many seconds may pass without a message, plus one per MiB of the file. */
const SECONDS = 10;
const ROWS_AT_ONCE = 4096;
/** A row group is held in memory completely, at about 8 bytes per number. */
const MOST_MEGABYTES = 4096;

/**
 * Reads two columns of a Parquet file in a thread, which is terminated if it hangs or uses too much memory.
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

/** The worker is found through the package's name, which works for both the sources and the build. */
function workerFile(): string {
  return join(
    dirname(createRequire(import.meta.url).resolve('@balanced-rec/features/package.json')),
    'parquet-worker.mjs',
  );
}

/** Yields the thread's messages until it announces its end. */
async function* messages(worker: Worker, file: string, seconds: number): AsyncGenerator<Message> {
  // Messages are queued, because several may arrive before the first is requested.
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
      ? malformed(file, patience.reason ?? 'the reader failed', error)
      : error;
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
function malformed(place: string, found: string, cause?: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/malformed-parquet',
    message: 'the Parquet file cannot be read',
    place,
    expected: 'a Parquet file with an id column and a column of number lists',
    found: found.split('\n')[0]!.slice(0, 200),
    remedy: 'write it again, for example with pandas or pyarrow, or as .jsonl',
    cause,
  });
}
