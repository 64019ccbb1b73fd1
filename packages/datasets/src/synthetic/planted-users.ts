import { chooseItems } from './choose-items.js';
import type { Tastes } from './plant-tastes.js';
import { RandomSource } from './random-source.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';

/** What one user has chosen. */
export interface PlantedUser {
  readonly user: number;
  /** In the order in which the user came to them: those of training, then of validation, then of test. */
  readonly items: Int32Array;
  /** How each pleases among them: 0 for the best. */
  readonly ranks: Int32Array;
  /** Of each, its position in `SPLITS`. */
  readonly splits: Uint8Array;
}

/**
 * One user after another, with a random order of what each chose and a split of it 8:1:1, with at least one item in validation
 * and one in test.
 */
export function* plantedUsers(options: CompleteSyntheticOptions, tastes: Tastes): Generator<PlantedUser, void, void> {
  const random = new RandomSource(options.seed, 'split');
  let user = 0;
  for (const chosen of chooseItems(options, tastes)) {
    const held = Math.max(1, Math.round(chosen.length / 10));
    const ranks = random.shuffle(Int32Array.from(chosen.keys())).reverse();
    const splits = new Uint8Array(chosen.length).fill(1, -2 * held).fill(2, -held);
    yield { user: user++, items: ranks.map((rank) => chosen[rank]!), ranks, splits };
  }
}
