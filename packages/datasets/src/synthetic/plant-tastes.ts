import { RandomSource } from './random-source.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';

/**
 * The hidden factors that modalities show, each entry of variance 1. A row has those of all modalities one after the other, in the
 * order of the options: generating looks up the rows of random items and waits for memory once for each.
 */
export interface Tastes {
  /** `[itemCount, modalities * factorCount]`, row-major. */
  readonly items: Float64Array;
  /** Writes the preferences of the next user, a row, from user 0 on; nobody keeps those of all. */
  nextUser(preferences: Float64Array): void;
}

/** Draws a group of factors for each modality, independent of every other's. */
export function plantTastes({ seed, userCount, itemCount, factorCount, modalities }: CompleteSyntheticOptions): Tastes {
  const width = modalities.length * factorCount;
  const items = new Float64Array(itemCount * width);
  const group = new Float64Array(factorCount);
  const users = modalities.map(({ name }, n) => {
    const stream = () => new RandomSource(seed, `latents of ${name}`);
    // In the stream, the users' come first; they are drawn again one by one.
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
