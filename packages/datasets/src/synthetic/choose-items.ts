import { Candidates } from './candidates.js';
import { HighestSelector } from './highest-selector.js';
import type { Tastes } from './plant-tastes.js';
import { RandomSource } from './random-source.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';

/**
 * The items that one user after another chooses, best first: of the candidates those of highest utility. Each takes
 * time for its candidates alone, and nothing of a user is kept.
 */
export function* chooseItems(options: CompleteSyntheticOptions, tastes: Tastes): Generator<Int32Array, void, void> {
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

/** How well the candidates meet a user's preferences: each modality's part has its strength as standard deviation. */
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
