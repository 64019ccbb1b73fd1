import type { Job } from 'bullmq';

/** What a task is done with. */
export interface TaskHand {
  /** Aborted when the task is to be given up: the worker stops, or another has taken the task over. */
  readonly signal: AbortSignal;
  /** Tells who follows the queue how it goes. */
  report(report: unknown): void;
}

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

/** What waits for Redis while it is gone is bounded: reports are for show. */
const MOST_WAITING = 500;

/** Sends reports in batches, the next when the last has arrived, so that a fast task does not flood Redis. */
export class Reports {
  readonly #send: (batch: readonly unknown[]) => Promise<unknown>;
  #waiting: unknown[] = [];
  #sending: Promise<void> | undefined;

  constructor(send: (batch: readonly unknown[]) => Promise<unknown>) {
    this.#send = send;
  }

  add(report: unknown): void {
    if (this.#waiting.length >= MOST_WAITING) this.#waiting.shift();
    this.#waiting.push(report);
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  /** Resolves once all that was added is sent, or could not be. */
  async sent(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    // Reports of the same moment go together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#send(batch);
      } catch {
        // The job is gone, or somebody else's.
        return;
      }
    }
  }
}
