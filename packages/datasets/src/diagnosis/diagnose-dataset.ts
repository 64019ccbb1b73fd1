import { BalancedRecError } from '@balanced-rec/errors';
import type { DatasetContent } from '../dataset/dataset.js';
import { type FeatureMeasures, measureFeatures, unusableRows } from './measure-features.js';
import {
  type ColdMeasures,
  measureColdItems,
  measureColdUsers,
  measureSplit,
  type SplitMeasures,
} from './measure-interactions.js';
import { measureNearDuplicates, type NearDuplicateMeasures } from './near-duplicates/measure-near-duplicates.js';
import { type ProbeMeasures, type ProbeSkipped, probeModalities } from './probe/probe-modalities.js';

/** What to measure. */
export interface DiagnosisOptions {
  /** The cosine similarity from which two items count as near-duplicates: above 0, at most 1. Default 0.999. */
  readonly nearDuplicates?: number | undefined;
  /** Whether to probe how strong each modality is on its own. By default, only if that takes at most about half a minute. */
  readonly probe?: boolean | undefined;
}

/** A dataset's measurements: numbers without judgement. The findings say which of them deserve attention. */
export interface Diagnosis {
  readonly train: SplitMeasures;
  readonly validation: SplitMeasures;
  readonly test: SplitMeasures;
  readonly coldItems: ColdMeasures;
  readonly coldUsers: ColdMeasures;
  /** By modality. */
  readonly features: Readonly<Record<string, FeatureMeasures>>;
  /** For each modality and, if there are several, for all of them together. */
  readonly nearDuplicates: { readonly threshold: number; readonly found: readonly NearDuplicateMeasures[] };
  readonly probe: ProbeMeasures | ProbeSkipped;
}

/** The rows of items that could not be encoded and got fallback features, by modality. */
export type Fallbacks = Readonly<Record<string, readonly number[]>>;

/**
 * Measures a dataset: its splits, cold users and items, features, near-duplicates, and how strong each modality is on its own.
 * The same dataset always gives the same numbers, because all sampling uses fixed seeds.
 *
 * @throws BalancedRecError `diagnosis/bad-option`
 */
export function diagnoseDataset(
  content: DatasetContent,
  { nearDuplicates: threshold = 0.999, probe }: DiagnosisOptions = {},
  fallbacks: Fallbacks = {},
): Diagnosis {
  checkThreshold(threshold);
  const { train, validation, test, itemCount, modalities, features } = content;
  const byModality = <T>(measure: (modality: string) => T) =>
    Object.fromEntries(modalities.map((modality) => [modality, measure(modality)] as const));
  const unusable = byModality((modality) => unusableRows(features[modality]!, fallbacks[modality]));
  return {
    train: measureSplit(train, itemCount),
    validation: measureSplit(validation, itemCount),
    test: measureSplit(test, itemCount),
    coldItems: measureColdItems(content),
    coldUsers: measureColdUsers(content),
    features: byModality((modality) => measureFeatures(features[modality]!, fallbacks[modality])),
    nearDuplicates: { threshold, found: measureNearDuplicates(content, unusable, threshold) },
    probe: probeModalities(content, unusable, probe),
  };
}

function checkThreshold(threshold: number): void {
  if (threshold > 0 && threshold <= 1) return;
  throw new BalancedRecError({
    code: 'diagnosis/bad-option',
    message: 'invalid option',
    place: 'nearDuplicates',
    expected: 'a cosine above 0 and at most 1',
    found: String(threshold),
  });
}
