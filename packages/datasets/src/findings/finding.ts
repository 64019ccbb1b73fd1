/** Something untidy that is accepted, counted and said. */
export interface Finding {
  /** Stable and machine-readable, for example `interactions/leakage`. */
  readonly code: string;
  /** A warning can change results; a note is good to know. */
  readonly severity: 'note' | 'warning';
  /** One plain sentence that includes the count. */
  readonly message: string;
  /** How many users, items, pairs or rows it concerns. */
  readonly count: number;
}
