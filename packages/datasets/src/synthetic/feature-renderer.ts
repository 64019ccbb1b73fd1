import { RandomSource } from './random-source.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';

/**
 * Renders the features of one modality, some rows after the others: item factors `[itemCount, factorCount]` times a random
 * mixing matrix `[factorCount, dimension]`, plus noise; then brought to the modality's scale.
 */
export class FeatureRenderer {
  readonly columns: number;
  readonly #items: Float64Array;
  readonly #width: number;
  readonly #first: number;
  readonly #factorCount: number;
  readonly #mixing: Float64Array;
  readonly #noise: number;
  readonly #random: RandomSource;
  readonly #unit: number;
  #row = 0;

  /**
   * @param modality its position in the options
   * @param items as in `Tastes`
   */
  constructor({ modalities, factorCount, seed }: CompleteSyntheticOptions, modality: number, items: Float64Array) {
    const { name, dimension, noise, speed } = modalities[modality]!;
    this.columns = dimension;
    this.#items = items;
    this.#width = modalities.length * factorCount;
    this.#first = modality * factorCount;
    this.#factorCount = factorCount;
    this.#mixing = new RandomSource(seed, `mixing of ${name}`).normals(factorCount * dimension);
    this.#noise = noise;
    this.#random = new RandomSource(seed, `noise of ${name}`);
    this.#unit = speed / Math.sqrt(1 + noise * noise);
  }

  /** Fills `values` with the next rows, as many as fit. */
  fill(values: Float32Array): void {
    const rows = values.length / this.columns;
    for (let row = 0; row < rows; row++) this.#renderRow(values, row * this.columns);
  }

  #renderRow(values: Float32Array, at: number): void {
    const first = this.#row++ * this.#width + this.#first;
    for (let column = 0; column < this.columns; column++) {
      let signal = 0;
      for (let n = 0; n < this.#factorCount; n++) {
        signal += this.#items[first + n]! * this.#mixing[n * this.columns + column]!;
      }
      const noisy = signal / Math.sqrt(this.#factorCount) + this.#noise * this.#random.normal();
      values[at + column] = this.#unit * noisy;
    }
  }
}
