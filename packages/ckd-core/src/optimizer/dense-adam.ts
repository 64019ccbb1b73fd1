import { adamStep } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { assignArray, storedArray } from '../adapter/parameter-set.js';
import type { NamedArray } from '../format/safetensors.js';

/** Adam's state for a parameter that is updated as a whole. */
export class DenseAdam {
  readonly #parameter: tf.Variable;
  readonly #decays: AdamDecays;
  readonly #moments: Moments;
  /** Updates so far, for the bias correction. */
  #steps = 0;

  constructor(parameter: tf.Variable, decays: AdamDecays) {
    this.#parameter = parameter;
    this.#decays = decays;
    this.#moments = zeroMoments(parameter);
  }

  /** @param gradient has the parameter's shape; undefined counts as zero */
  step(gradient: tf.Tensor | undefined, learningRate: number): void {
    this.#steps += 1;
    tf.tidy(() =>
      adamStep({
        parameter: this.#parameter,
        gradient: gradient ?? tf.zerosLike(this.#parameter),
        ...this.#moments,
        ...this.#decays,
        learningRate,
        step: this.#steps,
      }),
    );
  }

  save(): AdamState {
    return { arrays: savedMoments(this.#moments), progress: { steps: this.#steps } };
  }

  restore({ arrays, progress }: AdamState): void {
    restoreMoments(this.#moments, arrays);
    this.#steps = progress.steps!;
  }

  dispose(): void {
    disposeMoments(this.#moments);
  }
}

/** The constants that do not change during training. */
export interface AdamDecays {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** What a parameter's update depends on besides its gradient. */
export interface AdamState {
  readonly arrays: ReadonlyMap<string, NamedArray>;
  readonly progress: {
    /** Updates so far, for a parameter that is updated as a whole. */
    readonly steps?: number;
    /** The learning rate of each update so far, for a table. */
    readonly learningRates?: readonly number[];
  };
}

/** Adam's running means of the gradient and of its square. */
export interface Moments {
  readonly firstMoment: tf.Variable;
  readonly secondMoment: tf.Variable;
}

export function zeroMoments(parameter: tf.Variable): Moments {
  const zero = () => tf.tidy(() => tf.variable(tf.zerosLike(parameter), false));
  return { firstMoment: zero(), secondMoment: zero() };
}

export function savedMoments({ firstMoment, secondMoment }: Moments): Map<string, NamedArray> {
  return new Map([
    ['firstMoment', storedArray(firstMoment)],
    ['secondMoment', storedArray(secondMoment)],
  ]);
}

export function restoreMoments({ firstMoment, secondMoment }: Moments, arrays: ReadonlyMap<string, NamedArray>): void {
  assignArray(firstMoment, arrays.get('firstMoment')!);
  assignArray(secondMoment, arrays.get('secondMoment')!);
}

export function disposeMoments({ firstMoment, secondMoment }: Moments): void {
  firstMoment.dispose();
  secondMoment.dispose();
}
