import { RandomSource } from './random-source.js';
import type { SyntheticOptions } from './synthetic-options.js';

/** The hidden factors that one modality shows; `[count, factorCount]`, row-major, each entry of variance 1. */
export interface Latents {
  readonly users: Float64Array;
  readonly items: Float64Array;
}

/** Draws a group of factors, independent of every other modality's. */
export function plantLatents(options: Required<SyntheticOptions>, modality: string): Latents {
  const random = new RandomSource(options.seed, `latents of ${modality}`);
  const users = random.normals(options.userCount * options.factorCount);
  const items = random.normals(options.itemCount * options.factorCount);
  return { users, items };
}
