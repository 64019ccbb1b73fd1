import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';

/** A file with a fault on every line should not fill the memory with errors; the others are counted. */
const KEPT = 1000;

/**
 * Where readers report what is wrong. Reading for training stops at the first problem (it is thrown); checking collects them.
 * What a reader cannot read past, it throws; `attempt` turns that into one more problem.
 */
export class ProblemLog {
  /** At most 1000 problems, in the order found. */
  readonly problems: BalancedRecError[] = [];
  /** All problems, including those not kept. */
  count = 0;
  readonly #stopAtFirst: boolean;

  constructor({ stopAtFirst }: { stopAtFirst: boolean }) {
    this.#stopAtFirst = stopAtFirst;
  }

  report(details: ErrorDetails): void {
    this.#add(new BalancedRecError(details));
  }

  /** What `read` answers, or undefined where it threw a BalancedRecError. */
  async attempt<T>(read: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof BalancedRecError)) throw error;
      this.#add(error);
      return undefined;
    }
  }

  #add(problem: BalancedRecError): void {
    if (this.#stopAtFirst) throw problem;
    this.count++;
    if (this.problems.length < KEPT) this.problems.push(problem);
  }
}
