import type { SynthesisProgress } from '@balanced-rec/datasets';
import { formatSeconds } from './format-time.js';

/** Between two lines; what is done sooner needs none. */
const SECONDS = 5;

/** Says on standard error how far a long generation is. */
export class SynthesisLines {
  readonly #start = performance.now();
  #saidAt = this.#start;

  observe({ stage, done, total }: SynthesisProgress): void {
    const now = performance.now();
    if (now - this.#saidAt < 1000 * SECONDS) return;
    this.#saidAt = now;
    const share = Math.floor((100 * done) / total);
    process.stderr.write(`${formatSeconds((now - this.#start) / 1000)}: ${stage} ${done} of ${total} (${share} %)\n`);
  }
}
