import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';

/** A file with an error on every line must not fill the memory with errors. The others are only counted. */
const KEPT = 1000;

/**
 * Where readers report what is wrong. Reading for training throws the first problem; checking collects them. A reader throws a
 * problem that it cannot read past, and `attempt` adds that to the log.
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

  /** Returns the result of `read`, or undefined if it threw a BalancedRecError. */
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
