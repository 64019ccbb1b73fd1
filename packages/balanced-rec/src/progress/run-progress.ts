import type { Protocol } from '@balanced-rec/ckd-core';
import { type PlannedRun, type RunEvent, SELECTION_METRIC } from '@balanced-rec/eval';
import { formatRate, formatSeconds } from '../text/numbers.js';

/** How people are told of a run. */
export function runLabel({ settings, trial }: PlannedRun): string {
  const { dataset, backbone, variant, seed } = settings;
  return `${dataset.name}/${backbone.name}/${variant} ${trial ? `trial ${trial.number}` : `seed ${seed}`}`;
}

/** Follows one training run and says where it stands. */
export class RunProgress {
  readonly #label: string;
  readonly #protocol: Protocol;
  readonly #startedAt = performance.now();
  /** The rate counts from here: a run may go on from an epoch in the middle, and its process takes a while to start. */
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
    // A teacher that is trained on the way starts its own count of epochs.
    if (event.variant !== this.#first?.variant) {
      this.#first = { variant: event.variant, epoch: event.epoch, at: this.#lastAt };
      this.#score = undefined;
    }
    this.#last = event;
    this.#score = event.validation?.metrics[SELECTION_METRIC] ?? this.#score;
  }

  /** The run, and the teacher that is being trained for it if that is so. */
  get label(): string {
    const variant = this.#last?.variant ?? '';
    return this.#label.includes(variant) ? this.#label : `${this.#label} (teacher ${variant})`;
  }

  /** The latest epoch's; undefined until there is one. */
  get event(): RunEvent | undefined {
    return this.#last;
  }

  /** The sum of the loss's terms. */
  get loss(): number | undefined {
    return this.#last && Object.values(this.#last.losses).reduce((sum, term) => sum + term, 0);
  }

  /** Of the latest evaluation. */
  get score(): number | undefined {
    return this.#score;
  }

  /** The epoch at which it ends if no evaluation improves on the best from now on. */
  get lastEpoch(): number | undefined {
    if (!this.#last) return undefined;
    const { epoch, bestEpoch, maxEpochs } = this.#last;
    const { patience, evaluateEvery } = this.#protocol;
    // The first evaluation is the best in any case.
    const patienceEnds = Math.max(bestEpoch, evaluateEvery) + (patience + 1) * evaluateEvery;
    return Math.min(maxEpochs, Math.max(patienceEnds, epoch));
  }

  /** Whether better scores would put its end off. */
  get mayGoOn(): boolean {
    return this.#last !== undefined && this.lastEpoch !== this.#last.maxEpochs;
  }

  /** Since it was first seen; undefined until two epochs tell. */
  get secondsPerEpoch(): number | undefined {
    if (!this.#first || !this.#last || this.#last.epoch <= this.#first.epoch) return undefined;
    return (this.#lastAt - this.#first.at) / 1000 / (this.#last.epoch - this.#first.epoch);
  }

  /** Until {@link lastEpoch}. */
  get secondsLeft(): number | undefined {
    const perEpoch = this.secondsPerEpoch;
    if (perEpoch === undefined) return undefined;
    const underWay = Math.min(perEpoch, (performance.now() - this.#lastAt) / 1000);
    return Math.max(0, (this.lastEpoch! - this.#last!.epoch) * perEpoch - underWay);
  }

  /** What the whole run takes at this pace, earlier processes' part of it included. */
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
