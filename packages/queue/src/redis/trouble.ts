import { refusalOf } from './refusals.js';

/** Called with a line when Redis becomes unusable, and when it is usable again. */
export type Trouble = (line: string) => void;

/** How long Redis must accept everything before a trouble counts as over: some commands may pass while others are refused. */
const QUIET_MS = 1000;

/** Tells of the troubles of all connections to one Redis: once when one begins, and once when it is over. */
export class Troubles {
  readonly #host: string;
  readonly #say: Trouble;
  readonly #refused = new Set<unknown>();
  #isGone = false;
  #isRefused = false;
  #quiet: NodeJS.Timeout | undefined;

  constructor(host: string, say: Trouble) {
    this.#host = host;
    this.#say = say;
  }

  /** The connection is lost. */
  gone(): void {
    if (!this.#isGone) this.#say(`lost the connection to Redis at ${this.#host}; waiting for it`);
    this.#isGone = true;
  }

  /** The connection is back. */
  back(): void {
    if (this.#isGone) this.#say(`reconnected to Redis at ${this.#host}`);
    this.#isGone = false;
  }

  /**
   * Redis refused something, which will be repeated.
   *
   * @param what identifies what Redis refused, until it is accepted or given up
   */
  refused(what: unknown, reply: Error): void {
    clearTimeout(this.#quiet);
    this.#refused.add(what);
    if (this.#isRefused) return;
    this.#isRefused = true;
    const remedy = refusalOf(reply)?.remedy;
    const advice = remedy ? ` (${remedy})` : '';
    this.#say(`Redis at ${this.#host} answers "${reply.message}"; waiting until it accepts commands${advice}`);
  }

  /** Redis accepted what it had refused. */
  accepted(what: unknown): void {
    this.#settle(what, () => this.#say(`Redis at ${this.#host} accepts commands again`));
  }

  /** What Redis refused is no longer wanted. */
  givenUp(what: unknown): void {
    this.#settle(what, () => {});
  }

  #settle(what: unknown, tell: () => void): void {
    if (!this.#refused.delete(what) || this.#refused.size > 0) return;
    this.#quiet = setTimeout(() => {
      this.#isRefused = false;
      tell();
    }, QUIET_MS).unref();
  }
}
