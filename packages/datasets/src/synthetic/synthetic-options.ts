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
  /** The standard deviation of its features: a small one is learned slowly. Default 1. */
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
  /** Latent tastes that each modality shows. Default 6. */
  readonly factorCount?: number;
  /** How much an item's popularity, which no modality shows, weighs in what users choose. Default 0.5. */
  readonly popularity?: number;
  /** How much chance weighs in what users choose. Default 0.7. */
  readonly chance?: number;
  /** Default: a strong `text` and a weak, complementary `image`. */
  readonly modalities?: readonly SyntheticModality[];
}

/** Quick to learn: few columns, little noise, and most of what users want. */
const STRONG_TEXT: SyntheticModality = { name: 'text', dimension: 24, strength: 1.5, noise: 0.3 };
/** Slow to learn: many columns, more noise than signal, a small scale; but nothing else shows these tastes. */
const WEAK_IMAGE: SyntheticModality = { name: 'image', dimension: 96, strength: 1, noise: 1.5, scale: 0.05 };

const DEFAULTS = {
  name: 'planted',
  userCount: 300,
  itemCount: 250,
  interactionsPerUser: 20,
  factorCount: 6,
  popularity: 0.5,
  chance: 0.7,
  modalities: [WEAK_IMAGE, STRONG_TEXT],
};

/** @throws BalancedRecError `synthetic/bad-option` */
export function completeOptions(options: SyntheticOptions): Required<SyntheticOptions> {
  const complete = { ...DEFAULTS, ...options };
  checkCount('seed', complete.seed, 0);
  checkCount('userCount', complete.userCount, 1);
  checkCount('itemCount', complete.itemCount, 12);
  checkCount('factorCount', complete.factorCount, 1);
  // Half of it must leave something to train on beside one item each for validation and test.
  checkNumber('interactionsPerUser', complete.interactionsPerUser, 6, Math.floor(complete.itemCount / 2));
  checkNumber('popularity', complete.popularity, 0);
  checkNumber('chance', complete.chance, 0);
  for (const [n, modality] of complete.modalities.entries()) checkModality(`modalities[${n}]`, modality);
  const names = complete.modalities.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw badOption('modalities', 'names that differ', names.join(', '));
  return complete;
}

function checkModality(place: string, { dimension, strength, noise, scale = 1 }: SyntheticModality): void {
  checkCount(`${place}.dimension`, dimension, 1);
  checkNumber(`${place}.strength`, strength, 0);
  checkNumber(`${place}.noise`, noise, 0);
  checkNumber(`${place}.scale`, scale, Number.MIN_VALUE);
}

function checkCount(place: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw badOption(place, `a whole number, at least ${least}`, String(value));
}

function checkNumber(place: string, value: number, least: number, most = Number.MAX_VALUE): void {
  if (value >= least && value <= most) return;
  const range = most === Number.MAX_VALUE ? `at least ${least}` : `from ${least} to ${most}`;
  throw badOption(place, `a number ${range}`, String(value));
}

function badOption(place: string, expected: string, found: string): BalancedRecError {
  const code = 'synthetic/bad-option';
  return new BalancedRecError({ code, message: 'the option cannot be used', place, expected, found });
}
