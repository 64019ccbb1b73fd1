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
   * What happens to a parameter without a gradient in a step: `zero` treats the gradient as zero, so momentum still moves it;
   * `skip` leaves it unchanged, as PyTorch 2 does by default.
   */
  readonly missingGradients?: 'zero' | 'skip';
}

/**
 * Adam (Kingma & Ba, ICLR 2015) as PyTorch computes it, one fused kernel per parameter. In tables, it updates only the rows that have a
 * gradient; the other rows catch up when they are next read.
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
      // A parameter does not move before its first gradient.
      if (gradient && !this.#states.has(name)) this.#states.set(name, this.#begin(name, parameter));
      const state = this.#states.get(name);
      // Only tables have row gradients.
      if (state instanceof DenseAdam) state.step(gradient as tf.Tensor | undefined, this.learningRate);
      else state?.step(gradient, this.learningRate);
    }
  }

  #begin(name: string, parameter: tf.Variable): DenseAdam | RowAdam {
    const table = this.#parameters.table(name);
    return table ? new RowAdam(table, this.#decays) : new DenseAdam(parameter, this.#decays);
  }

  /** The state of every parameter that has been updated, by name. */
  save(): ReadonlyMap<string, AdamState> {
    return new Map([...this.#states].map(([name, state]) => [name, state.save()]));
  }

  /** Resumes from what {@link save} returned. The parameters themselves are restored separately, as stored. */
  restore(states: ReadonlyMap<string, AdamState>): void {
    for (const [name, saved] of states) {
      const state = this.#begin(name, this.#parameters.trainable.get(name)!);
      state.restore(saved);
      this.#states.set(name, state);
    }
  }

  /** Brings every parameter up to date and frees the moments. */
  dispose(): void {
    for (const state of this.#states.values()) state.dispose();
    this.#states.clear();
  }
}
