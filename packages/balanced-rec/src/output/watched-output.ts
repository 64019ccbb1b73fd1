import { fstatSync, writeSync } from 'node:fs';
import { BalancedRecError } from '@balanced-rec/errors';
import { storageError } from '@balanced-rec/files';

const PLACE = 'standard output';

/**
 * Standard output and error, which may fail at any moment: their reader may leave (`| head`), their disk may be full.
 * Such a failure never interrupts a command. Work goes on without its reader.
 */
export class WatchedOutput {
  readonly #streams: Pick<NodeJS.Process, 'stdout' | 'stderr'>;
  #failure: NodeJS.ErrnoException | undefined;
  #isWork = false;

  /** Created once, before anything is written. */
  constructor(streams: Pick<NodeJS.Process, 'stdout' | 'stderr'> = process) {
    this.#streams = streams;
    writeWhole(streams.stdout);
    streams.stdout.on('error', (error: NodeJS.ErrnoException) => this.#lose(error));
    // There is nowhere left to say so.
    streams.stderr.on('error', () => {});
  }

  /** Declares that the command does more than print its result, so that the user is told that it goes on. */
  beginWork(): void {
    this.#isWork = true;
  }

  /**
   * Waits until everything is written. A reader that left wanted no more, so that is no error.
   * @throws BalancedRecError `files/no-space` or `files/failed` if something could not be written
   */
  async expectWritten(): Promise<void> {
    await new Promise((resolve) => this.#streams.stdout.write('', resolve));
    // The event of a failed write comes after its callback.
    await new Promise(setImmediate);
    if (this.#failure && !isClosed(this.#failure)) throw this.#unwritten(this.#failure);
  }

  #lose(error: NodeJS.ErrnoException): void {
    if (this.#failure) return;
    this.#failure = error;
    if (!this.#isWork) return;
    const what = isClosed(error)
      ? 'note: standard output was closed'
      : `warning: cannot write to ${PLACE} (${error.message})`;
    this.#streams.stderr.write(`${what}; the command goes on without it\n`);
  }

  #unwritten(cause: NodeJS.ErrnoException): BalancedRecError {
    const isFull = (storageError(cause, PLACE) as { readonly code?: string }).code === 'files/no-space';
    return new BalancedRecError({
      code: isFull ? 'files/no-space' : 'files/failed',
      message: isFull ? 'no space left to write' : 'the output cannot be written',
      place: PLACE,
      expected: 'output that can be written',
      found: cause.message,
      remedy: this.#isWork
        ? 'only what the command prints is lost, its work is done; print to another place next time'
        : 'free some space or print to another place, and run the same command again',
      cause,
    });
  }
}

function isClosed({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'EOF';
}

/** Node.js does not notice that a file took only the start of a text, as the last write to a disk that fills up does. */
function writeWhole(stream: NodeJS.WriteStream & { readonly fd: number }): void {
  // Without `bigint`, Node.js 20 remembers that it last saw a pipe, and no longer resolves the links to packages.
  if (!fstatSync(stream.fd, { bigint: true }).isFile()) return;
  stream._write = (chunk: Uint8Array, _, done) => {
    try {
      for (let rest = chunk; rest.length > 0; ) rest = rest.subarray(writeSync(stream.fd, rest));
      done();
    } catch (error) {
      done(error as Error);
    }
  };
}
