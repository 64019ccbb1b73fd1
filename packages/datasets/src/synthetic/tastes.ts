import { RandomSource } from '../numeric/random-source.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';

/**
 * The hidden factors that modalities reveal, each entry with variance 1. A row holds the factors of all modalities side by
 * side, in the order of the options: generation looks up the rows of random items, and this way waits for memory only once per
 * row.
 */
export interface Tastes {
  /** `[itemCount, modalities * factorCount]`, row-major. */
  readonly items: Float64Array;
  /**
   * Writes one row with the preferences of the next user, starting with user 0. The preferences are never all held in memory.
   */
  nextUser(preferences: Float64Array): void;
}

/** Draws a group of factors for each modality, independent of all the others. */
export function plantTastes({ seed, userCount, itemCount, factorCount, modalities }: CompleteSyntheticOptions): Tastes {
  const width = modalities.length * factorCount;
  const items = new Float64Array(itemCount * width);
  const group = new Float64Array(factorCount);
  const users = modalities.map(({ name }, n) => {
    const stream = () => new RandomSource(seed, `latents of ${name}`);
    // The users' factors come first in the stream. They are skipped here and drawn again one by one.
    const behindUsers = stream();
    behindUsers.skipNormals(userCount * factorCount);
    for (let item = 0; item < itemCount; item++) {
      items.set(behindUsers.fillNormals(group), item * width + n * factorCount);
    }
    return stream();
  });
  const nextUser = (preferences: Float64Array) => {
    for (const [n, stream] of users.entries()) preferences.set(stream.fillNormals(group), n * factorCount);
  };
  return { items, nextUser };
}

/**
 * Renders the features of one modality, a few rows at a time: item factors `[itemCount, factorCount]` times a random mixing
 * matrix `[factorCount, dimension]`, plus noise, scaled to the modality's speed.
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
   * @param items see `Tastes`
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
