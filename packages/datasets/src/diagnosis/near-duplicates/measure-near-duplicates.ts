import type { DatasetContent } from '../../dataset.js';
import { type ComparedFeatures, type NearDuplicatePair, NearDuplicates } from './near-duplicates.js';

/** Items that are nearly the same in one modality, or in all. */
export interface NearDuplicateMeasures {
  /** One modality, or all of them where the items are nearly the same in each. */
  readonly modalities: readonly string[];
  /** Pairs whose cosine is at least the threshold; equal rows are among them, constant rows and fallbacks are not. */
  readonly pairs: number;
  /** Items in at least one of these pairs. */
  readonly items: number;
  /** The share of all such pairs that is expected to be counted: 1 where every pair was compared. */
  readonly recall: number;
  /** Held-out interactions with an item nearly the same as another that the user has in training. */
  readonly leaks: { readonly validation: number; readonly test: number };
  /** At most ten. */
  readonly examples: readonly NearDuplicatePair[];
}

const EXAMPLES = 10;

/**
 * Measures near-duplicates in each modality and, where there are several, in all of them at once, which comes last.
 *
 * @param unusable by modality, 1 for each row to leave out
 */
export function measureNearDuplicates(
  content: DatasetContent,
  unusable: Readonly<Record<string, Uint8Array>>,
  threshold: number,
): NearDuplicateMeasures[] {
  const compared = (modality: string) => ({ matrix: content.features[modality]!, unusable: unusable[modality]! });
  const measure = (modalities: readonly string[], features: readonly ComparedFeatures[]) =>
    measureOne(content, modalities, new NearDuplicates(features, threshold));

  const ofEach = content.modalities.map((modality) => measure([modality], [compared(modality)]));
  if (ofEach.length < 2) return ofEach;
  // A pair must pass in all: the modality with the fewest pairs refuses most of them first.
  const rarestFirst = [...ofEach].sort((one, other) => one.pairs - other.pairs).map(({ modalities }) => modalities[0]!);
  return [...ofEach, measure(content.modalities, rarestFirst.map(compared))];
}

function measureOne(
  { train, validation, test }: DatasetContent,
  modalities: readonly string[],
  nearDuplicates: NearDuplicates,
): NearDuplicateMeasures {
  return {
    modalities,
    pairs: nearDuplicates.countPairs(),
    items: nearDuplicates.countItems(),
    recall: nearDuplicates.recall,
    leaks: {
      validation: nearDuplicates.countLeaks(train, validation),
      test: nearDuplicates.countLeaks(train, test),
    },
    examples: nearDuplicates.examples(EXAMPLES),
  };
}
