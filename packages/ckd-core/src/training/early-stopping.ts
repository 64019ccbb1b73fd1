/** The state of early stopping. */
export interface EarlyStoppingState {
  readonly bestScore: number;
  readonly sinceBest: number;
}

/** Tracks a score that should rise, until it has not risen for more than `patience` evaluations, as in both reference toolboxes. */
export class EarlyStopping {
  readonly #patience: number;
  #bestScore = Number.NEGATIVE_INFINITY;
  #sinceBest = 0;

  constructor(patience: number) {
    this.#patience = patience;
  }

  /** The highest score observed; -Infinity before the first. */
  get bestScore(): number {
    return this.#bestScore;
  }

  /** Whether the score has not risen for more than `patience` evaluations. */
  get exhausted(): boolean {
    return this.#sinceBest > this.#patience;
  }

  /** The state to resume from; null before the first score. */
  save(): EarlyStoppingState | null {
    return this.#bestScore === Number.NEGATIVE_INFINITY
      ? null
      : { bestScore: this.#bestScore, sinceBest: this.#sinceBest };
  }

  /** Resumes from what {@link save} returned; null has no effect. */
  restore(state: EarlyStoppingState | null): void {
    if (state) [this.#bestScore, this.#sinceBest] = [state.bestScore, state.sinceBest];
  }

  /** Records a score and returns whether it is the best so far; a tie is not. */
  observe(score: number): boolean {
    const improved = score > this.#bestScore;
    if (improved) [this.#bestScore, this.#sinceBest] = [score, 0];
    else this.#sinceBest += 1;
    return improved;
  }
}
