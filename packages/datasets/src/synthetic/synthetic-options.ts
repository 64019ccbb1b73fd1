import { BalancedRecError } from '@balanced-rec/errors';

/** The signal planted in one modality. */
export interface SyntheticModality {
  readonly name: string;
  /** The number of its feature columns. */
  readonly dimension: number;
  /** The weight of this modality's tastes in what users choose. */
  readonly strength: number;
  /** The standard deviation of the noise in its features, relative to a signal of standard deviation 1. */
  readonly noise: number;
  /**
   * How quickly it is learned: the standard deviation of its features. Adam moves weights by about the learning rate per step,
   * whatever the size of the gradient, so an item's projected features change in proportion to their size. Default 1.
   */
  readonly speed?: number;
  /** An alias of `speed`. */
  readonly scale?: number;
}

/** What to generate. All options except the seed have defaults. */
export interface SyntheticOptions {
  /** A whole number from 0 to 2^53 - 1. The same seed and options give the same bytes on every machine. */
  readonly seed: number;
  /** Default `planted`. */
  readonly name?: string;
  /** Default 300. */
  readonly userCount?: number;
  /** Default 250. */
  readonly itemCount?: number;
  /** The mean; users have from half to one and a half times as many. Default 20, at least 6. */
  readonly interactionsPerUser?: number;
  /** How many randomly drawn items a user chooses from; all items if there are not more. Default 1000. */
  readonly candidateCount?: number;
  /** The number of latent tastes per modality. Default 6. */
  readonly factorCount?: number;
  /** The weight of an item's popularity, which no modality reveals, in what users choose. Default 0.5. */
  readonly popularity?: number;
  /** The weight of chance in what users choose. Default 0.7. */
  readonly chance?: number;
  /** Default: a strong `text` and a weak, complementary `image`. */
  readonly modalities?: readonly SyntheticModality[];
}

/** A modality with all defaults filled in. */
export type CompleteModality = Required<Omit<SyntheticModality, 'scale'>>;

/** Options with all defaults filled in. */
export interface CompleteSyntheticOptions extends Required<Omit<SyntheticOptions, 'modalities'>> {
  readonly modalities: readonly CompleteModality[];
}

/** Quick to learn: few columns, little noise, and most of what users want. */
const STRONG_TEXT: SyntheticModality = { name: 'text', dimension: 24, strength: 1.5, noise: 0.3 };
/** Slow to learn: many columns, more noise than signal, and small values. But no other modality reveals these tastes. */
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
  // Even half as many must leave training items next to one item each for validation and test.
  const most = Math.floor(Math.min(complete.itemCount, complete.candidateCount) / 2);
  const { interactionsPerUser } = complete;
  if (!(interactionsPerUser >= 6 && interactionsPerUser <= most)) {
    const expected = `a number from 6 to ${most}, half of the items a user chooses from`;
    const remedy = 'change the number, or increase itemCount and candidateCount';
    throw badOption('interactionsPerUser', expected, String(interactionsPerUser), remedy);
  }
  checkNumber('popularity', complete.popularity, 0);
  checkNumber('chance', complete.chance, 0);
  const modalities = complete.modalities.map((modality, n) => completeModality(`modalities[${n}]`, modality));
  const names = modalities.map(({ name }) => name);
  if (new Set(names).size !== names.length)
    throw badOption('modalities', 'unique names', names.join(', '), 'rename one of them');
  return { ...complete, modalities };
}

function completeModality(place: string, { speed, scale, ...planted }: SyntheticModality): CompleteModality {
  const complete = { ...planted, speed: speed ?? scale ?? 1 };
  checkCount(`${place}.dimension`, complete.dimension, 1);
  checkNumber(`${place}.strength`, complete.strength, 0);
  checkNumber(`${place}.noise`, complete.noise, 0);
  checkNumber(`${place}.speed`, complete.speed, Number.MIN_VALUE);
  if (scale === undefined || scale === complete.speed) return complete;
  const expected = `the same value as speed, ${speed}, because scale is an alias of it`;
  throw badOption(`${place}.scale`, expected, String(scale), 'set only one of them');
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
  remedy = 'use a valid value, or omit the option to use its default',
): BalancedRecError {
  const code = 'synthetic/bad-option';
  return new BalancedRecError({ code, message: 'invalid option', place, expected, found, remedy });
}
