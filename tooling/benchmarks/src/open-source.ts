import { type DatasetContent, readDataset } from '@balanced-rec/datasets';
import type { DataSource } from './data-shape.js';
import { generateDataset } from './generate-dataset.js';

/** Reads the folder or generates the data. */
export async function openSource(source: DataSource): Promise<DatasetContent> {
  return 'folder' in source ? readDataset(source.folder) : generateDataset(source.shape, source.seed);
}

/** The sizes of a dataset and its source. */
export function describeData(data: DatasetContent, source: DataSource) {
  return {
    name: data.name,
    source: 'folder' in source ? 'read from a folder' : 'generated',
    users: data.userCount,
    items: data.itemCount,
    interactions: data.train.items.length,
    validation: data.validation.items.length,
    test: data.test.items.length,
    features: Object.fromEntries(data.modalities.map((m) => [m, data.features[m]!.columns])),
  };
}
