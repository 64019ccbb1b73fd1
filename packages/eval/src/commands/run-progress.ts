import type { Protocol } from '@balanced-rec/ckd-core';
import type { RunEvent } from '../runs/run-variant.js';
import { SELECTION_METRIC } from '../runs/validate.js';
import { formatSeconds } from './format-time.js';

/** Follows one training run and describes where it stands. */
export class RunProgress {
  readonly #label: string;
  readonly #protocol: Pick<Protocol, 'patience' | 'evaluateEvery'>;
  #start = performance.now();
  #variant = '';
  #last: RunEvent | undefined;
  #score: number | undefined;

  constructor(label: string, protocol: Pick<Protocol, 'patience' | 'evaluateEvery'>) {
    this.#label = label;
    this.#protocol = protocol;
  }

  observe(event: RunEvent): void {
    // A teacher that is trained on the way starts its own count of epochs.
    if (event.variant !== this.#variant) this.#start = performance.now();
    this.#variant = event.variant;
    this.#last = event;
    this.#score = event.validation?.metrics[SELECTION_METRIC] ?? this.#score;
  }

  /** One line: epoch, loss, validation score, the best so far, time left. */
  line(): string {
    const event = this.#last;
    if (!event) return `${this.#label}  starting`;
    const loss = Object.values(event.losses).reduce((sum, term) => sum + term, 0);
    const parts = [
      `${this.#label}${this.#label.includes(event.variant) ? '' : ` (teacher ${event.variant})`}`,
      `epoch ${event.epoch}`,
      `loss ${loss.toFixed(4)}`,
    ];
    if (this.#score !== undefined) {
      parts.push(`val Recall@20 ${this.#score.toFixed(4)} (best ${event.bestScore.toFixed(4)} at ${event.bestEpoch})`);
    }
    parts.push(this.#timeLeft(event));
    return parts.join('  ');
  }

  /** Exact if no evaluation improves on the best from now on; longer otherwise. */
  #timeLeft({ epoch, bestEpoch, maxEpochs }: RunEvent): string {
    const patienceEnds = bestEpoch + (this.#protocol.patience + 1) * this.#protocol.evaluateEvery;
    const lastEpoch = Math.min(maxEpochs, Math.max(patienceEnds, epoch));
    const perEpoch = (performance.now() - this.#start) / 1000 / epoch;
    const left = formatSeconds((lastEpoch - epoch) * perEpoch);
    return lastEpoch === maxEpochs ? `at most ${left} left` : `${left} left unless it improves`;
  }
}
