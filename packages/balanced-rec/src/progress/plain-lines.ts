import type { ComparisonProgress } from './comparison-progress.js';
import { footer } from './describe-comparison.js';
import type { RunProgress } from './run-progress.js';

const RUN_EVERY_MS = 10_000;
const COMPARISON_EVERY_MS = 60_000;
const INDENT = '      ';

/** Tells when a line is due again; the first is due once the interval has passed. */
export class Interval {
  readonly #milliseconds: number;
  #last = performance.now();

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  /** Whether the interval has passed since the last restart. */
  get isOver(): boolean {
    return performance.now() - this.#last >= this.#milliseconds;
  }

  restart(): void {
    this.#last = performance.now();
  }
}

/** Occasional lines about a comparison's progress, for output that is not a terminal. */
export class PlainLines {
  readonly #say: (line: string) => void;
  readonly #ofRuns = new WeakMap<RunProgress, Interval>();
  readonly #ofWhole = new Interval(COMPARISON_EVERY_MS);

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Called when a run has made progress. */
  run(run: RunProgress): void {
    const interval = this.#ofRuns.get(run);
    if (!interval) this.#ofRuns.set(run, new Interval(RUN_EVERY_MS));
    else if (interval.isOver) this.#sayAfter(interval, run.line());
  }

  /** Called when anything has happened in the comparison. */
  whole(comparison: ComparisonProgress): void {
    if (this.#ofWhole.isOver) this.#sayAfter(this.#ofWhole, footer(comparison));
  }

  #sayAfter(interval: Interval, line: string): void {
    interval.restart();
    this.#say(INDENT + line);
  }
}
