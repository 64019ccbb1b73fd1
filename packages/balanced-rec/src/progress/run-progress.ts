import type { Protocol } from '@balanced-rec/ckd-core';
import { type PlannedRun, type RunEvent, SELECTION_METRIC } from '@balanced-rec/eval';
import { formatRate, formatSeconds } from '../text/numbers.js';

/** The name of a run in output for people. */
export function runLabel({ settings, trial }: PlannedRun): string {
  const { dataset, backbone, variant, seed } = settings;
  return `${dataset.name}/${backbone.name}/${variant} ${trial ? `trial ${trial.number}` : `seed ${seed}`}`;
}

/** Follows the progress of one training run. */
export class RunProgress {
  readonly #label: string;
  readonly #protocol: Protocol;
  readonly #startedAt = performance.now();
  /** The rate counts from here: a run may resume at a later epoch, and its process takes a while to start. */
  #first: { readonly variant: string; readonly epoch: number; readonly at: number } | undefined;
  #last: RunEvent | undefined;
  #lastAt = 0;
  #score: number | undefined;

  constructor(run: PlannedRun) {
    this.#label = runLabel(run);
    this.#protocol = run.settings.protocol;
  }

  observe(event: RunEvent): void {
    this.#lastAt = performance.now();
    // A teacher trained within the run has its own epoch count.
    if (event.variant !== this.#first?.variant) {
      this.#first = { variant: event.variant, epoch: event.epoch, at: this.#lastAt };
      this.#score = undefined;
    }
    this.#last = event;
    this.#score = event.validation?.metrics[SELECTION_METRIC] ?? this.#score;
  }

  /** The run's name, and the teacher that it is currently training, if any. */
  get label(): string {
    const variant = this.#last?.variant ?? '';
    return this.#label.includes(variant) ? this.#label : `${this.#label} (teacher ${variant})`;
  }

  /** The latest epoch's event; undefined before the first. */
  get event(): RunEvent | undefined {
    return this.#last;
  }

  /** The sum of the loss's terms. */
  get loss(): number | undefined {
    return this.#last && Object.values(this.#last.losses).reduce((sum, term) => sum + term, 0);
  }

  /** The score of the latest evaluation. */
  get score(): number | undefined {
    return this.#score;
  }

  /** The epoch at which the run ends if no further evaluation improves on the best. */
  get lastEpoch(): number | undefined {
    if (!this.#last) return undefined;
    const { epoch, bestEpoch, maxEpochs } = this.#last;
    const { patience, evaluateEvery } = this.#protocol;
    // The first evaluation is the best in any case.
    const patienceEnds = Math.max(bestEpoch, evaluateEvery) + (patience + 1) * evaluateEvery;
    return Math.min(maxEpochs, Math.max(patienceEnds, epoch));
  }

  /** Whether better scores would postpone the end. */
  get mayGoOn(): boolean {
    return this.#last !== undefined && this.lastEpoch !== this.#last.maxEpochs;
  }

  /** Measured since the run was first seen; undefined until two epochs have been seen. */
  get secondsPerEpoch(): number | undefined {
    if (!this.#first || !this.#last || this.#last.epoch <= this.#first.epoch) return undefined;
    return (this.#lastAt - this.#first.at) / 1000 / (this.#last.epoch - this.#first.epoch);
  }

  /** The time until {@link lastEpoch}. */
  get secondsLeft(): number | undefined {
    const perEpoch = this.secondsPerEpoch;
    if (perEpoch === undefined) return undefined;
    const underWay = Math.min(perEpoch, (performance.now() - this.#lastAt) / 1000);
    return Math.max(0, (this.lastEpoch! - this.#last!.epoch) * perEpoch - underWay);
  }

  /** The duration of the whole run at this pace, including its part in earlier processes. */
  get secondsInAll(): number | undefined {
    const perEpoch = this.secondsPerEpoch;
    if (perEpoch === undefined) return undefined;
    return (this.#first!.at - this.#startedAt) / 1000 + (this.lastEpoch! - 1) * perEpoch;
  }

  /** In this process. */
  get secondsSoFar(): number {
    return (performance.now() - this.#startedAt) / 1000;
  }

  /** One line: epoch, rate, loss, validation score, the best so far, time left. */
  line(): string {
    const event = this.#last;
    if (!event) return `${this.label}  starting`;
    const parts = [this.label, `epoch ${event.epoch}`];
    if (this.secondsPerEpoch !== undefined) parts.push(formatRate(this.secondsPerEpoch, 'epoch'));
    parts.push(`loss ${this.loss!.toFixed(4)}`);
    if (this.#score !== undefined)
      parts.push(`val Recall@20 ${this.#score.toFixed(4)} (best ${event.bestScore.toFixed(4)} at ${event.bestEpoch})`);
    if (this.secondsLeft !== undefined)
      parts.push(`${formatSeconds(this.secondsLeft)} left${this.mayGoOn ? ' unless it improves' : ''}`);
    return parts.join('  ');
  }
}
