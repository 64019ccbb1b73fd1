import { setTimeout as wait } from 'node:timers/promises';
import { BalancedRecError } from '@balanced-rec/errors';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Waits. @throws the signal's reason when aborted */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}

/**
 * Waits for an answer that may take long, such as from Redis while it is unreachable, but no longer than until the signal.
 * @throws the signal's reason when aborted
 */
export function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/**
 * Does something with a store, and retries until the store can be used, so that a run of hours is not lost to a share that is unavailable
 * for minutes.
 * @throws any other error; the signal's reason when aborted
 */
export async function patiently<T>(
  work: () => Promise<T>,
  { signal, say }: { readonly signal: AbortSignal; readonly say: (line: string) => void },
): Promise<T> {
  for (let milliseconds = FIRST_PAUSE_MS; ; milliseconds = Math.min(2 * milliseconds, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      return await orAborted(work(), signal);
    } catch (error) {
      if (!(error instanceof BalancedRecError) || error.code !== 'store/unusable') throw error;
      if (milliseconds === FIRST_PAUSE_MS)
        say(`${error.details.place}: ${error.details.found}; retrying until it works`);
    }
    await pause(milliseconds, signal);
  }
}
