import { setTimeout as wait } from 'node:timers/promises';

/** @throws the signal's reason when aborted */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => {});
  signal.throwIfAborted();
}
