import { createHash } from 'node:crypto';
import type { DatasetContent } from '../dataset.js';
import type { Interactions } from '../interactions/interactions.js';

/**
 * SHA-256 (hex) of what a dataset holds: its counts, its three splits, and each modality's name, shape and float32 values.
 * Neither the dataset's name nor its layout nor the storage type of the features goes in: the same content has the same hash.
 */
export function hashDataset(content: DatasetContent): string {
  const hash = createHash('sha256');
  const line = (...parts: (string | number)[]) => hash.update(`${JSON.stringify(parts)}\n`);
  const split = (name: string, { offsets, items }: Interactions) => {
    line(name, items.length);
    hash.update(bytesOf(offsets)).update(bytesOf(items));
  };

  line('balanced-rec dataset 1', content.userCount, content.itemCount);
  split('train', content.train);
  split('validation', content.validation);
  split('test', content.test);
  for (const modality of content.modalities) {
    const { rows, columns, values } = content.features[modality]!;
    line('features', modality, rows, columns);
    hash.update(bytesOf(values));
  }
  return hash.digest('hex');
}

function bytesOf(array: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
