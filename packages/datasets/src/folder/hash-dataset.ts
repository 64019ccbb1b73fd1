import type { DatasetContent } from '../dataset.js';
import { SPLITS } from '../interactions/splits.js';
import { ContentHash } from './content-hash.js';

/**
 * SHA-256 (hex) of what a dataset holds: its counts, its three splits, and each modality's name, shape and float32 values.
 * Neither the dataset's name nor its layout nor the storage type of the features goes in: the same content has the same hash.
 */
export function hashDataset(content: DatasetContent): string {
  const hash = new ContentHash(content.userCount, content.itemCount);
  for (const split of SPLITS) {
    hash.split(split, content[split].offsets);
    hash.values(content[split].items);
  }
  for (const modality of content.modalities) {
    const { rows, columns, values } = content.features[modality]!;
    hash.features(modality, rows, columns);
    hash.values(values);
  }
  return hash.digest();
}
