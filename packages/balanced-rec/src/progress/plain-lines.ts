import type { ComparisonProgress } from './comparison-progress.js';
import { footer } from './footer.js';
import type { RunProgress } from './run-progress.js';

const RUN_EVERY_MS = 10_000;
const WHOLE_EVERY_MS = 60_000;
const INDENT = '      ';

/** The lines that say now and then how it goes, where no terminal can be rewritten. */
export class PlainLines {
  readonly #say: (line: string) => void;
  readonly #lastOf = new WeakMap<RunProgress, number>();
  #lastOfWhole = performance.now();

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** A run has gone on. */
  run(run: RunProgress): void {
    const now = performance.now();
    const last = this.#lastOf.get(run);
    const isDue = last !== undefined && now - last >= RUN_EVERY_MS;
    if (last === undefined || isDue) this.#lastOf.set(run, now);
    if (isDue) this.#say(INDENT + run.line());
  }

  /** Something has happened in the comparison. */
  whole(comparison: ComparisonProgress): void {
    const now = performance.now();
    if (now - this.#lastOfWhole < WHOLE_EVERY_MS) return;
    this.#lastOfWhole = now;
    this.#say(INDENT + footer(comparison));
  }
}
