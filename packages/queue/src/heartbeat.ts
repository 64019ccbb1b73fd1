import type { Job } from 'bullmq';

/** Beats between two of which the lock must not run out. */
const BEATS_PER_LOCK = 4;

/**
 * Keeps a job from being taken over while it is worked on. BullMQ's own renewal goes by the wall clock, so that it stops for an hour
 * where that is set back by an hour; timers do not.
 */
export class Heartbeat {
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #isAsking = false;

  constructor(job: Job, token: string, lockMilliseconds: number) {
    this.#timer = setInterval(() => this.#beat(job, token, lockMilliseconds), lockMilliseconds / BEATS_PER_LOCK);
  }

  /** Aborted when the job is another worker's, or nobody's. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(job: Job, token: string, lockMilliseconds: number): Promise<void> {
    // While Redis is gone one question waits for it.
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const isOurs = await job.extendLock(token, lockMilliseconds);
      if (isOurs !== 1) this.#lost.abort(new Error('taken over'));
    } catch {
      // The next beat asks again.
    } finally {
      this.#isAsking = false;
    }
  }
}
