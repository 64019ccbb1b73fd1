import { HighestSelector } from '../numeric/highest-selector.js';
import { RandomSource } from '../numeric/random-source.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';
import type { Tastes } from './tastes.js';

/** What one user chose. */
export interface PlantedUser {
  readonly user: number;
  /** In chronological order: training items, then validation, then test. */
  readonly items: Int32Array;
  /** The rank of each item in the user's preference: 0 for the best. */
  readonly ranks: Int32Array;
  /** The position of each item's split in `SPLITS`. */
  readonly splits: Uint8Array;
}

/**
 * Yields one user after another, with the chosen items in random order and split 8:1:1, at least one item each in validation
 * and test.
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

/** Draws the items that each user considers: all of them, in order, if there are at most `count`. */
export class Candidates {
  /** All items, in an order that changes with every draw. */
  readonly #items: Int32Array;
  readonly #random: RandomSource;
  /** The items drawn last. */
  readonly drawn: Int32Array;

  constructor(seed: number, itemCount: number, count: number) {
    this.#items = Int32Array.from({ length: itemCount }, (_, item) => item);
    this.#random = new RandomSource(seed, 'candidates');
    this.drawn = this.#items.subarray(0, Math.min(count, itemCount));
  }

  /** Draws the next user's items into `drawn`, each at most once. */
  draw(): void {
    const { length } = this.#items;
    if (this.drawn.length === length) return;
    // The first steps of a Fisher-Yates shuffle. Whatever order the last user left, every set is equally likely.
    for (let n = 0; n < this.drawn.length; n++) {
      const other = n + this.#random.below(length - n);
      const kept = this.#items[n]!;
      this.#items[n] = this.#items[other]!;
      this.#items[other] = kept;
    }
  }
}

/**
 * Yields the items that one user after another chooses, best first: the candidates with the highest utility. The time per user
 * depends only on the number of candidates, and no state is kept per user.
 */
function* chooseItems(options: CompleteSyntheticOptions, tastes: Tastes): Generator<Int32Array, void, void> {
  const { seed, userCount, itemCount, interactionsPerUser } = options;
  const popularities = new RandomSource(seed, 'popularity').normals(itemCount);
  const chance = new RandomSource(seed, 'chance');
  const activity = new RandomSource(seed, 'activity');
  const candidates = new Candidates(seed, itemCount, options.candidateCount);
  const { drawn } = candidates;
  const utilities = new Float64Array(drawn.length);
  const preferences = new Float64Array(options.modalities.length * options.factorCount);
  const chances = new Float64Array(drawn.length);
  const selector = new HighestSelector(drawn.length);
  for (let user = 0; user < userCount; user++) {
    candidates.draw();
    tastes.nextUser(preferences);
    matchPreferences(utilities, options, preferences, tastes.items, drawn);
    chance.fillNormals(chances);
    for (let n = 0; n < drawn.length; n++) {
      utilities[n] = utilities[n]! + options.popularity * popularities[drawn[n]!]! + options.chance * chances[n]!;
    }
    const count = Math.round(interactionsPerUser * (0.5 + activity.uniform()));
    yield selector.select(utilities, count).map((n) => drawn[n]!);
  }
}

/** How well the candidates match a user's preferences. The standard deviation of a modality's contribution is its strength. */
function matchPreferences(
  utilities: Float64Array,
  { factorCount, modalities }: CompleteSyntheticOptions,
  preferences: Float64Array,
  items: Float64Array,
  candidates: Int32Array,
): void {
  const strengths = Float64Array.from(modalities, ({ strength }) => strength);
  const length = Math.sqrt(factorCount);
  for (let n = 0; n < candidates.length; n++) {
    let at = candidates[n]! * preferences.length;
    let preference = 0;
    let sum = 0;
    for (let modality = 0; modality < strengths.length; modality++) {
      let product = 0;
      for (let factor = 0; factor < factorCount; factor++) product += preferences[preference++]! * items[at++]!;
      sum += (strengths[modality]! * product) / length;
    }
    utilities[n] = sum;
  }
}
