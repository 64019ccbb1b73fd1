import type { DatasetContent } from '../../dataset/dataset.js';
import { type NearDuplicatePair, NearDuplicates } from './near-duplicates.js';

/** Items that are nearly identical in one modality, or in all of them. */
export interface NearDuplicateMeasures {
  /** One modality, or all of them if the items are nearly identical in each. */
  readonly modalities: readonly string[];
  /** Pairs whose cosine is at least the threshold. Equal rows count; constant rows and fallbacks do not. */
  readonly pairs: number;
  /** Items in at least one of these pairs. */
  readonly items: number;
  /** The expected share of all such pairs that were counted: 1 if every pair was compared. */
  readonly recall: number;
  /** Held-out interactions with an item nearly identical to another item in the user's training split. */
  readonly leaks: { readonly validation: number; readonly test: number };
  /** At most ten. */
  readonly examples: readonly NearDuplicatePair[];
}

const EXAMPLES = 10;
/** Up to this many pairs, checking each one is faster than searching. */
const FEW_PAIRS = 1e5;

/**
 * Measures near-duplicates in each modality and, if there are several, in all of them together; that entry comes last.
 *
 * @param unusable by modality, 1 for each row to leave out
 */
export function measureNearDuplicates(
  content: DatasetContent,
  unusable: Readonly<Record<string, Uint8Array>>,
  threshold: number,
): NearDuplicateMeasures[] {
  const compared = (modality: string) => ({ matrix: content.features[modality]!, unusable: unusable[modality]! });
  const ofEach = content.modalities.map((modality) => ({
    modality,
    near: new NearDuplicates([compared(modality)], threshold),
  }));
  const measures = ofEach.map(({ modality, near }) => measureOne(content, [modality], near));
  if (ofEach.length < 2) return measures;
  // Items nearly identical in all modalities are so in the modality with the fewest pairs.
  const [rarest, ...others] = ofEach
    .map(({ modality, near }) => ({ modality, near, pairs: near.countPairs() }))
    .sort((one, other) => one.pairs - other.pairs);
  const candidates = rarest!.near.recall === 1 && rarest!.pairs <= FEW_PAIRS ? rarest!.near.pairs() : undefined;
  const features = [rarest!, ...others].map(({ modality }) => compared(modality));
  return [...measures, measureOne(content, content.modalities, new NearDuplicates(features, threshold, candidates))];
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
