import type { SynthesisProgress } from '@balanced-rec/datasets';
import type { EncodingProgress } from '@balanced-rec/features';
import { formatSeconds } from '../text/numbers.js';
import { LiveLines } from './live-lines.js';
import { Interval } from './plain-lines.js';

const ENCODING_EVERY_MS = 10_000;
const SYNTHESIS_EVERY_MS = 5000;

/** Shows the progress of encoding on standard error: one line updated in place on a terminal, occasional lines elsewhere. */
export class EncodingDisplay {
  readonly #label: string;
  readonly #live: LiveLines | undefined;
  readonly #interval = new Interval(ENCODING_EVERY_MS);
  #started = performance.now();
  #progress: EncodingProgress | undefined;

  constructor(label: string) {
    this.#label = label;
    if (!process.stderr.isTTY) return;
    this.#live = new LiveLines(process.stderr, (columns) => [this.#line().slice(0, columns)]);
    this.#live.open();
  }

  /** Prints a permanent line. */
  say(line: string): void {
    const text = `${this.#label}: ${line}`;
    if (this.#live) this.#live.print(text);
    else process.stderr.write(`${text}\n`);
  }

  observe(progress: EncodingProgress): void {
    const isFirst = this.#progress === undefined;
    // The rate counts from here, so that it excludes loading the model.
    if (isFirst) this.#started = performance.now();
    this.#progress = progress;
    const { total, resumed } = progress;
    if (isFirst && resumed > 0) this.say(`resuming at ${resumed} of ${total}, encoded by an earlier run`);
    if (this.#live) this.#live.refresh();
    else this.#sayNowAndThen(progress);
  }

  /** Replaces the live line with a permanent one. */
  close(): void {
    if (!this.#live) return;
    this.#live.close();
    if (this.#progress) process.stderr.write(`${this.#line()}\n`);
  }

  #sayNowAndThen({ done, total }: EncodingProgress): void {
    if (!this.#interval.isOver && done < total) return;
    this.#interval.restart();
    process.stderr.write(`${this.#line()}\n`);
  }

  #line(): string {
    if (!this.#progress) return `${this.#label}: starting`;
    const { done, total, resumed } = this.#progress;
    const parts = [`${this.#label}: ${done} of ${total} (${Math.floor((100 * done) / total)} %)`];
    const seconds = (performance.now() - this.#started) / 1000;
    const rate = (done - resumed) / seconds;
    if (done > resumed) parts.push(`${rate < 10 ? rate.toFixed(1) : rate.toFixed(0)} items/s`);
    if (done > resumed && done < total) parts.push(`${formatSeconds((total - done) / rate)} left`);
    return parts.join('  ');
  }
}

/** Prints on standard error how far the generation of a dataset is. A short one prints nothing. */
export class SynthesisLines {
  readonly #start = performance.now();
  readonly #interval = new Interval(SYNTHESIS_EVERY_MS);

  observe({ stage, done, total }: SynthesisProgress): void {
    if (!this.#interval.isOver) return;
    this.#interval.restart();
    const seconds = (performance.now() - this.#start) / 1000;
    const share = Math.floor((100 * done) / total);
    process.stderr.write(`${formatSeconds(seconds)}: ${stage} ${done} of ${total} (${share} %)\n`);
  }
}
