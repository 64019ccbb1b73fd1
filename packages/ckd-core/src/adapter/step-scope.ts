import type * as tf from '@tensorflow/tfjs-core';

/** Training applies dropout and pruning; evaluation does not. */
export type Phase = 'train' | 'evaluate';

/** Rows that a step read from a parameter; the gradient arrives at `rows`. */
export interface RowRead {
  /** The parameter's name. */
  readonly parameter: string;
  /** Distinct. */
  readonly ids: Int32Array;
  /** `[ids.length, columns]` */
  readonly rows: tf.Tensor2D;
}

/**
 * Caches what the objective, the views and the counterfactuals of one step share, so callers can request a view without
 * worrying about its cost. It lives inside one `tf.tidy` (which frees its tensors) and one gradient tape.
 */
export class StepScope {
  readonly phase: Phase;
  /** The rows read from tables, in order; the gradients of those rows arrive here. */
  readonly rowReads: RowRead[] = [];
  readonly #values = new Map<string, unknown>();
  readonly #valuesFor = new Map<string, WeakMap<object, unknown>>();

  constructor(phase: Phase) {
    this.phase = phase;
  }

  /** The value under `key`, computed on first request. */
  once<T>(key: string, compute: () => T): T {
    if (!this.#values.has(key)) this.#values.set(key, compute());
    return this.#values.get(key) as T;
  }

  /** Like {@link once}, with a separate value for each `subject` (a batch, an array of ids), compared by identity. */
  onceFor<T>(key: string, subject: object, compute: () => T): T {
    let values = this.#valuesFor.get(key);
    if (!values) {
      values = new WeakMap();
      this.#valuesFor.set(key, values);
    }
    if (!values.has(subject)) values.set(subject, compute());
    return values.get(subject) as T;
  }

  /** Whether the value under `key` has already been computed, so that a cheaper part of it need not be computed separately. */
  has(key: string): boolean {
    return this.#values.has(key);
  }
}
