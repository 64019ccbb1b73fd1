import { RandomSource } from './random-source.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';

/** The hidden factors that one modality shows, each entry of variance 1. */
export interface Latents {
  readonly name: string;
  /** What the modality weighs in a user's choice. */
  readonly strength: number;
  /** `[itemCount, factorCount]`, row-major. */
  readonly items: Float64Array;
  /** Writes the preferences of the next user, from user 0 on; nobody keeps those of all. */
  nextUser(preferences: Float64Array): void;
}

/** Draws a group of factors for each modality, independent of every other's. */
export function plantLatents({
  seed,
  userCount,
  itemCount,
  factorCount,
  modalities,
}: CompleteSyntheticOptions): Latents[] {
  return modalities.map(({ name, strength }) => {
    const stream = () => new RandomSource(seed, `latents of ${name}`);
    const users = stream();
    // In the stream, the users' come first; they are drawn again one by one.
    const behindUsers = stream();
    behindUsers.skipNormals(userCount * factorCount);
    const items = behindUsers.normals(itemCount * factorCount);
    return { name, strength, items, nextUser: (preferences) => users.fillNormals(preferences) };
  });
}
