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
