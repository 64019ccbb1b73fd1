import { BalancedRecError } from '@balanced-rec/errors';

interface Job {
  readonly enteredAt: number;
  readonly work: () => void;
  readonly refuse: (error: BalancedRecError) => void;
}

/**
 * Ranking blocks the thread, so requests are handled one at a time, with a turn of the event loop in between in which health
 * and metrics are answered. A request that finds too many waiting, or waits too long, is refused and told to retry.
 */
export class WorkQueue {
  readonly #jobs: Job[] = [];
  readonly #limits: { readonly waiting: number; readonly seconds: number };
  #isScheduled = false;

  constructor(limits: { readonly waiting: number; readonly seconds: number }) {
    this.#limits = limits;
  }

  get waiting(): number {
    return this.#jobs.length;
  }

  /**
   * Returns the result of `work` once its turn comes.
   *
   * @throws BalancedRecError `service/overloaded`, and the errors of `work`
   */
  run<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#jobs.length >= this.#limits.waiting) {
        reject(overloaded(`${this.#jobs.length} requests are waiting`));
        return;
      }
      const attempt = () => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      };
      this.#jobs.push({ enteredAt: performance.now(), work: attempt, refuse: reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isScheduled || this.#jobs.length === 0) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#next();
      this.#schedule();
    });
  }

  #next(): void {
    const job = this.#jobs.shift()!;
    const waited = (performance.now() - job.enteredAt) / 1000;
    if (waited > this.#limits.seconds) job.refuse(overloaded(`the request waited for ${waited.toFixed(1)} s`));
    else job.work();
  }
}

function overloaded(found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'service/overloaded',
    message: 'the service is overloaded',
    found,
    remedy: 'retry after the time given in Retry-After',
  });
}
