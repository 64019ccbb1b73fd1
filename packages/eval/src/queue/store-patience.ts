import { BalancedRecError } from '@balanced-rec/errors';
import { pause } from './pause.js';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Does something with a store until the store can be used: a run that took hours is not lost to a share that is away for minutes.
 * @throws what else goes wrong; the signal's reason when aborted
 */
export async function patiently<T>(
  work: () => Promise<T>,
  { signal, say }: { readonly signal: AbortSignal; readonly say: (line: string) => void },
): Promise<T> {
  for (let milliseconds = FIRST_PAUSE_MS; ; milliseconds = Math.min(2 * milliseconds, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BalancedRecError) || error.code !== 'store/unusable') throw error;
      if (milliseconds === FIRST_PAUSE_MS) say(`${error.details.place}: ${error.details.found}; trying until it works`);
    }
    await pause(milliseconds, signal);
  }
}
