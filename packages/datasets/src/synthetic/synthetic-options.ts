import { BalancedRecError } from '@balanced-rec/errors';

/** What is planted in one modality. */
export interface SyntheticModality {
  readonly name: string;
  /** Columns of its features. */
  readonly dimension: number;
  /** How much the tastes that it shows weigh in what users choose. */
  readonly strength: number;
  /** The standard deviation of the noise in its features, where the signal's is 1. */
  readonly noise: number;
  /**
   * How soon it is learned: the standard deviation of its features. Adam moves weights by about the learning rate in each step, whatever
   * the size of the gradient, so what a projection of the features makes of an item moves in proportion to them. Default 1.
   */
  readonly speed?: number;
  /** Another name for `speed`. */
  readonly scale?: number;
}

/** What to generate. Everything but the seed has a default. */
export interface SyntheticOptions {
  /** A whole number from 0 to 2^53 - 1; the same seed and options give the same bytes on every machine. */
  readonly seed: number;
  /** Default `planted`. */
  readonly name?: string;
  /** Default 300. */
  readonly userCount?: number;
  /** Default 250. */
  readonly itemCount?: number;
  /** The mean; users differ from half to one and a half times as many. Default 20, at least 6. */
  readonly interactionsPerUser?: number;
  /** Items that a user looks at, drawn at random, and chooses among; all where there are no more. Default 1000. */
  readonly candidateCount?: number;
  /** Latent tastes that each modality shows. Default 6. */
  readonly factorCount?: number;
  /** How much an item's popularity, which no modality shows, weighs in what users choose. Default 0.5. */
  readonly popularity?: number;
  /** How much chance weighs in what users choose. Default 0.7. */
  readonly chance?: number;
  /** Default: a strong `text` and a weak, complementary `image`. */
  readonly modalities?: readonly SyntheticModality[];
}

/** A modality with nothing left open. */
export type CompleteModality = Required<Omit<SyntheticModality, 'scale'>>;

/** Options with nothing left open. */
export interface CompleteSyntheticOptions extends Required<Omit<SyntheticOptions, 'modalities'>> {
  readonly modalities: readonly CompleteModality[];
}

/** Quick to learn: few columns, little noise, and most of what users want. */
const STRONG_TEXT: SyntheticModality = { name: 'text', dimension: 24, strength: 1.5, noise: 0.3 };
/** Slow to learn: many columns, more noise than signal, and small values; but nothing else shows these tastes. */
const WEAK_IMAGE: SyntheticModality = { name: 'image', dimension: 96, strength: 1, noise: 1.5, speed: 0.05 };

const DEFAULTS = {
  name: 'planted',
  userCount: 300,
  itemCount: 250,
  interactionsPerUser: 20,
  candidateCount: 1000,
  factorCount: 6,
  popularity: 0.5,
  chance: 0.7,
  modalities: [WEAK_IMAGE, STRONG_TEXT],
};

/** @throws BalancedRecError `synthetic/bad-option` */
export function completeOptions(options: SyntheticOptions): CompleteSyntheticOptions {
  const complete = { ...DEFAULTS, ...options };
  checkCount('seed', complete.seed, 0);
  checkCount('userCount', complete.userCount, 1);
  checkCount('itemCount', complete.itemCount, 12);
  checkCount('candidateCount', complete.candidateCount, 12);
  checkCount('factorCount', complete.factorCount, 1);
  // Half of it must leave something to train on beside one item each for validation and test.
  const most = Math.floor(Math.min(complete.itemCount, complete.candidateCount) / 2);
  const { interactionsPerUser } = complete;
  if (!(interactionsPerUser >= 6 && interactionsPerUser <= most)) {
    const expected = `a number from 6 to ${most}, half of what a user can choose among`;
    const remedy = 'ask for another number, or for more items and candidates (itemCount, candidateCount)';
    throw badOption('interactionsPerUser', expected, String(interactionsPerUser), remedy);
  }
  checkNumber('popularity', complete.popularity, 0);
  checkNumber('chance', complete.chance, 0);
  const modalities = complete.modalities.map((modality, n) => completeModality(`modalities[${n}]`, modality));
  const names = modalities.map(({ name }) => name);
  if (new Set(names).size !== names.length)
    throw badOption('modalities', 'names that differ', names.join(', '), 'rename one of them');
  return { ...complete, modalities };
}

function completeModality(place: string, { speed, scale, ...planted }: SyntheticModality): CompleteModality {
  const complete = { ...planted, speed: speed ?? scale ?? 1 };
  checkCount(`${place}.dimension`, complete.dimension, 1);
  checkNumber(`${place}.strength`, complete.strength, 0);
  checkNumber(`${place}.noise`, complete.noise, 0);
  checkNumber(`${place}.speed`, complete.speed, Number.MIN_VALUE);
  if (scale === undefined || scale === complete.speed) return complete;
  const expected = `the same as speed, ${speed}, of which it is another name`;
  throw badOption(`${place}.scale`, expected, String(scale), 'leave one of them out');
}

function checkCount(place: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw badOption(place, `a whole number, at least ${least}`, String(value));
}

function checkNumber(place: string, value: number, least: number): void {
  if (value >= least && value <= Number.MAX_VALUE) return;
  throw badOption(place, `a number, at least ${least}`, String(value));
}

function badOption(
  place: string,
  expected: string,
  found: string,
  remedy = 'give a value as expected, or leave the option to its default',
): BalancedRecError {
  const code = 'synthetic/bad-option';
  return new BalancedRecError({ code, message: 'the option cannot be used', place, expected, found, remedy });
}
