/** Where early stopping stands. */
export interface EarlyStoppingState {
  readonly bestScore: number;
  readonly sinceBest: number;
}

/** Follows a score that should rise; says when it has not risen for more than `patience` evaluations, as both reference toolboxes do. */
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

  /** Enough to go on from here; null before the first score. */
  save(): EarlyStoppingState | null {
    return this.#bestScore === Number.NEGATIVE_INFINITY
      ? null
      : { bestScore: this.#bestScore, sinceBest: this.#sinceBest };
  }

  /** Goes on from what {@link save} gave; null changes nothing. */
  restore(state: EarlyStoppingState | null): void {
    if (state) [this.#bestScore, this.#sinceBest] = [state.bestScore, state.sinceBest];
  }

  /** Whether `score` is the best so far; an equal score is not. */
  observe(score: number): boolean {
    const improved = score > this.#bestScore;
    if (improved) [this.#bestScore, this.#sinceBest] = [score, 0];
    else this.#sinceBest += 1;
    return improved;
  }
}
