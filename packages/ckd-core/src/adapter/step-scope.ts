import type * as tf from '@tensorflow/tfjs-core';

/** Training applies dropout and pruning; evaluation does not. */
export type Phase = 'train' | 'evaluate';

/** Rows that a step read of a parameter; `rows` is where its gradient arrives. */
export interface RowRead {
  /** The parameter's name. */
  readonly parameter: string;
  /** Each once. */
  readonly ids: Int32Array;
  /** `[ids.length, columns]` */
  readonly rows: tf.Tensor2D;
}

/**
 * Owns what the objective, the views and the counterfactuals of one step share, so that whoever asks for a view does not
 * need to know what it costs. It lives inside one `tf.tidy` (which frees its tensors) and one gradient tape.
 */
export class StepScope {
  readonly phase: Phase;
  /** What was read of tables row by row, in order: where the gradients of those rows arrive. */
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

  /** As {@link once}, with a value of its own for each `subject` (a batch, an array of ids), told apart by identity. */
  onceFor<T>(key: string, subject: object, compute: () => T): T {
    let values = this.#valuesFor.get(key);
    if (!values) {
      values = new WeakMap();
      this.#valuesFor.set(key, values);
    }
    if (!values.has(subject)) values.set(subject, compute());
    return values.get(subject) as T;
  }

  /** Whether the value under `key` is there already, so that a cheaper part of it need not be computed on its own. */
  has(key: string): boolean {
    return this.#values.has(key);
  }
}
