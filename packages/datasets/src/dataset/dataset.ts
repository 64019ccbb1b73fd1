import type { Interactions } from '@balanced-rec/interactions';
import type { FeatureMatrix } from '../features/feature-matrix.js';

/** The three splits. A split's position here is its `x_label` in an MMRec table. */
export const SPLITS = ['train', 'validation', 'test'] as const;

export type Split = (typeof SPLITS)[number];

/** The modalities common in the literature; they come first. */
const CUSTOMARY = ['image', 'text'];

/** How a dataset is stored on disk: MMRec's `<name>.inter` table, or LATTICE's `5-core/{train,val,test}.json`. */
export type DatasetLayout = 'mmrec' | 'lattice';

/** The content of a dataset, wherever it came from: read from a folder, synthesized, or built by a program. */
export interface DatasetContent {
  readonly name: string;
  /** User ids are 0 to `userCount - 1`. */
  readonly userCount: number;
  /** Item ids are 0 to `itemCount - 1`. All of them are candidates in ranking. */
  readonly itemCount: number;
  readonly train: Interactions;
  readonly validation: Interactions;
  readonly test: Interactions;
  /** One matrix per modality, each with `itemCount` rows. */
  readonly features: Readonly<Record<string, FeatureMatrix>>;
  /** The keys of `features` in the order of {@link orderModalities}. */
  readonly modalities: readonly string[];
}

/** A dataset read from a folder, with its content hash and the irregularities found in it. */
export interface Dataset extends DatasetContent {
  /** The absolute path of the folder. */
  readonly path: string;
  readonly layout: DatasetLayout;
  /** {@link hashDataset} of the content. It does not depend on the layout, name, path or storage type. */
  readonly hash: string;
  readonly findings: readonly Finding[];
}

/** An irregularity that is accepted, counted and reported. */
export interface Finding {
  /** Stable and machine-readable, for example `interactions/leakage`. */
  readonly code: string;
  /** A warning can change results; a note is for information. */
  readonly severity: 'note' | 'warning';
  /** One plain sentence that includes the count. */
  readonly message: string;
  /** The number of users, items, pairs or rows affected. */
  readonly count: number;
}

/** A dataset's numbers. */
export interface DatasetSummary {
  readonly name: string;
  readonly layout: DatasetLayout;
  readonly userCount: number;
  readonly itemCount: number;
  /** Interactions in each split, with duplicates merged. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** The share of all user-item pairs that have an interaction, 0 to 1. */
  readonly density: number;
  readonly modalities: readonly { readonly name: string; readonly rows: number; readonly dimension: number }[];
}

/** Counts users, items, interactions and feature columns. Density is interactions / (users * items). */
export function summarizeDataset(dataset: Dataset): DatasetSummary {
  const { name, layout, userCount, itemCount } = dataset;
  const [train, validation, test] = [dataset.train, dataset.validation, dataset.test].map(({ items }) => items.length);
  const density = (train! + validation! + test!) / (userCount * itemCount);
  const modalities = dataset.modalities.map((modality) => {
    const { rows, columns } = dataset.features[modality]!;
    return { name: modality, rows, dimension: columns };
  });
  return {
    name,
    layout,
    userCount,
    itemCount,
    train: train!,
    validation: validation!,
    test: test!,
    density,
    modalities,
  };
}

/**
 * Puts modalities into a fixed order, so that seeds, reports and hashes do not depend on the order of files in a folder: image,
 * then text (if present; the order used in the literature), then the others by UTF-16 code units. Removes duplicates.
 */
export function orderModalities(names: Iterable<string>): string[] {
  const present = new Set(names);
  const others = [...present].filter((name) => !CUSTOMARY.includes(name)).sort();
  return [...CUSTOMARY.filter((name) => present.has(name)), ...others];
}
