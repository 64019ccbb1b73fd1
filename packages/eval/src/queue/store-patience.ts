import { setTimeout as wait } from 'node:timers/promises';
import { BalancedRecError } from '@balanced-rec/errors';

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
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BalancedRecError) || error.code !== 'store/unusable') throw error;
      if (pause === FIRST_PAUSE_MS) say(`${error.details.place}: ${error.details.found}; trying until it works`);
    }
    await wait(pause, undefined, { signal });
  }
}
