import type { Dataset, DatasetLayout } from './dataset.js';

/** A dataset's numbers. */
export interface DatasetSummary {
  readonly name: string;
  readonly layout: DatasetLayout;
  readonly userCount: number;
  readonly itemCount: number;
  /** Interactions in each split, doubles merged. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** The share of all user-item pairs that have an interaction, 0 to 1. */
  readonly density: number;
  readonly modalities: readonly { readonly name: string; readonly rows: number; readonly dimension: number }[];
}

/** Counts users, items, interactions and feature columns; density is interactions / (users * items). */
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
