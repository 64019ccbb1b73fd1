import { adamStep } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterSet } from '../adapter/parameter-set.js';

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

interface Moments {
  readonly first: tf.Variable;
  readonly second: tf.Variable;
  /** Updates so far, for the bias correction. */
  step: number;
}

/**
 * Adam (Kingma & Ba, ICLR 2015) as PyTorch computes it, one fused kernel per parameter.
 */
export class Adam {
  learningRate: number;
  readonly #parameters: ParameterSet;
  readonly #constants: { beta1: number; beta2: number; epsilon: number };
  readonly #skips: boolean;
  readonly #moments = new Map<string, Moments>();

  constructor(
    parameters: ParameterSet,
    { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, missingGradients = 'zero' }: AdamOptions,
  ) {
    this.#skips = missingGradients === 'skip';
    this.#parameters = parameters;
    this.learningRate = learningRate;
    this.#constants = { beta1, beta2, epsilon };
  }

  /** One update of every trainable parameter from its gradient, by parameter name. */
  step(gradients: ReadonlyMap<string, tf.Tensor>): void {
    for (const [name, parameter] of this.#parameters.trainable) {
      const gradient = gradients.get(name);
      if (!gradient && this.#skips) continue;
      const moments = this.#momentsOf(name, parameter, gradient !== undefined);
      if (!moments) continue;
      moments.step += 1;
      tf.tidy(() =>
        adamStep({
          parameter,
          gradient: gradient ?? tf.zerosLike(parameter),
          firstMoment: moments.first,
          secondMoment: moments.second,
          learningRate: this.learningRate,
          step: moments.step,
          ...this.#constants,
        }),
      );
    }
  }

  #momentsOf(name: string, parameter: tf.Variable, hasGradient: boolean): Moments | undefined {
    const existing = this.#moments.get(name);
    if (existing || !hasGradient) return existing;
    const zero = () => tf.tidy(() => tf.variable(tf.zerosLike(parameter), false));
    const created = { first: zero(), second: zero(), step: 0 };
    this.#moments.set(name, created);
    return created;
  }

  dispose(): void {
    for (const { first, second } of this.#moments.values()) {
      first.dispose();
      second.dispose();
    }
    this.#moments.clear();
  }
}
