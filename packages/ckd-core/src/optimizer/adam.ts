import type * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';
import { type AdamDecays, type AdamState, DenseAdam } from './dense-adam.js';
import type { Gradient } from './gradient.js';
import { RowAdam } from './row-adam.js';

/** Adam's constants; the defaults are PyTorch's. */
export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /**
   * What becomes of a parameter that has no gradient in some step: `zero` moves it by its momentum, as with zeroed gradients;
   * `skip` leaves it as it is, as PyTorch 2 does by default.
   */
  readonly missingGradients?: 'zero' | 'skip';
}

/**
 * Adam (Kingma & Ba, ICLR 2015) as PyTorch computes it, one fused kernel per parameter. Of tables it moves the rows that have a
 * gradient, and the others when they are next read, to where they would be.
 */
export class Adam {
  learningRate: number;
  readonly #parameters: ParameterSet;
  readonly #decays: AdamDecays;
  readonly #skips: boolean;
  readonly #states = new Map<string, DenseAdam | RowAdam>();

  constructor(
    parameters: ParameterSet,
    { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, missingGradients = 'zero' }: AdamOptions,
  ) {
    this.#skips = missingGradients === 'skip';
    this.#parameters = parameters;
    this.learningRate = learningRate;
    this.#decays = { beta1, beta2, epsilon };
  }

  /** One update of every trainable parameter from its gradient, by parameter name. */
  step(gradients: ReadonlyMap<string, Gradient>): void {
    for (const [name, parameter] of this.#parameters.trainable) {
      const gradient = gradients.get(name);
      if (!gradient && this.#skips) continue;
      // Nothing moves before its first gradient.
      if (gradient && !this.#states.has(name)) this.#states.set(name, this.#begin(name, parameter));
      const state = this.#states.get(name);
      // Only a table's gradient comes by rows.
      if (state instanceof DenseAdam) state.step(gradient as tf.Tensor | undefined, this.learningRate);
      else state?.step(gradient, this.learningRate);
    }
  }

  #begin(name: string, parameter: tf.Variable): DenseAdam | RowAdam {
    const table = this.#parameters.table(name);
    return table ? new RowAdam(table, this.#decays) : new DenseAdam(parameter, this.#decays);
  }

  /** The state of every parameter that has moved, by name. */
  save(): ReadonlyMap<string, AdamState> {
    return new Map([...this.#states].map(([name, state]) => [name, state.save()]));
  }

  /** Goes on from what {@link save} gave; the parameters themselves are restored apart, as they are stored. */
  restore(states: ReadonlyMap<string, AdamState>): void {
    for (const [name, saved] of states) {
      const state = this.#begin(name, this.#parameters.trainable.get(name)!);
      state.restore(saved);
      this.#states.set(name, state);
    }
  }

  /** Brings every parameter to where it would be, and frees the moments. */
  dispose(): void {
    for (const state of this.#states.values()) state.dispose();
    this.#states.clear();
  }
}
