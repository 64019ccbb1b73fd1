import type { Job } from 'bullmq';

/** What a task's implementation receives. */
export interface TaskHand {
  /** Aborted with {@link Abandoned} when the task must be abandoned. */
  readonly signal: AbortSignal;
  /** Reports progress to those who follow the queue. */
  report(report: unknown): void;
}

/** Why a task must be abandoned: the worker stops, or the task belongs to another worker or to none. */
export class Abandoned extends Error {
  readonly why: 'stopped' | 'taken over';

  constructor(why: Abandoned['why']) {
    super(why);
    this.why = why;
  }
}

/** The number of heartbeats per lock duration. */
const BEATS_PER_LOCK = 4;

/**
 * Keeps a job from being taken over while it is worked on. BullMQ's own renewal depends on the wall clock: if that is set back
 * by an hour, renewal stops for an hour. Timers are not affected.
 */
export class Heartbeat {
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #isAsking = false;

  constructor(job: Job, token: string, lockMilliseconds: number) {
    this.#timer = setInterval(() => this.#beat(job, token, lockMilliseconds), lockMilliseconds / BEATS_PER_LOCK);
  }

  /** Aborted when the job belongs to another worker, or to none. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #beat(job: Job, token: string, lockMilliseconds: number): Promise<void> {
    // While Redis is unreachable, only one request waits for it.
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      const isOurs = await job.extendLock(token, lockMilliseconds);
      if (isOurs !== 1) this.#lost.abort(new Abandoned('taken over'));
    } catch {
      // The next heartbeat asks again.
    } finally {
      this.#isAsking = false;
    }
  }
}

/** Limits how many reports wait while Redis is unreachable. They are for display only. */
const MOST_WAITING = 500;

/** Sends reports in batches, each after the previous one has arrived, so that a fast task does not flood Redis. */
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

  /** Resolves once everything added was sent or has failed. */
  async sent(): Promise<void> {
    await this.#sending;
  }

  async #sendAll(): Promise<void> {
    // Reports of the same moment are sent together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#send(batch);
      } catch {
        // The job is gone, or belongs to another worker.
        return;
      }
    }
  }
}
