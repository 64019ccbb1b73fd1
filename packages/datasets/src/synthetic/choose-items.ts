import type { Latents } from './plant-latents.js';
import { RandomSource } from './random-source.js';
import type { SyntheticOptions } from './synthetic-options.js';

/** The items that each user chooses: those of highest utility, best first. */
export function chooseItems(options: Required<SyntheticOptions>, latents: ReadonlyMap<string, Latents>): Int32Array[] {
  const { seed, userCount, itemCount, interactionsPerUser } = options;
  const popularities = new RandomSource(seed, 'popularity').normals(itemCount);
  const chance = new RandomSource(seed, 'chance');
  const activity = new RandomSource(seed, 'activity');
  return Array.from({ length: userCount }, (_, user) => {
    const utilities = Float64Array.from(
      { length: itemCount },
      (_, item) =>
        match(options, latents, user, item) +
        options.popularity * popularities[item]! +
        options.chance * chance.normal(),
    );
    const count = Math.round(interactionsPerUser * (0.5 + activity.uniform()));
    return highest(utilities).subarray(0, count);
  });
}

/** How well an item meets a user's preferences: each modality's part has its strength as standard deviation. */
function match(
  { factorCount, modalities }: Required<SyntheticOptions>,
  latents: ReadonlyMap<string, Latents>,
  user: number,
  item: number,
): number {
  let sum = 0;
  for (const { name, strength } of modalities) {
    const { users, items } = latents.get(name)!;
    let product = 0;
    for (let n = 0; n < factorCount; n++) product += users[user * factorCount + n]! * items[item * factorCount + n]!;
    sum += (strength * product) / Math.sqrt(factorCount);
  }
  return sum;
}

function highest(utilities: Float64Array): Int32Array {
  return Int32Array.from(utilities.keys()).sort((one, other) => utilities[other]! - utilities[one]! || one - other);
}
