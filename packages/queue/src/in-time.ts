import { setTimeout as wait } from 'node:timers/promises';

/** Waits for work, but no longer than that many milliseconds. Returns whether it is done. */
export async function inTime(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const patience = new AbortController();
  const timeUp = wait(milliseconds, false, { signal: patience.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), timeUp]);
  } finally {
    patience.abort();
  }
}
