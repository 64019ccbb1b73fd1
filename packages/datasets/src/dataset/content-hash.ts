import { createHash, type Hash } from 'node:crypto';
import { type DatasetContent, SPLITS, type Split } from './dataset.js';

/** One update takes less than 2 GiB. */
const CHUNK = 2 ** 30;

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

/**
 * SHA-256 (hex) of what a dataset holds, part by part: its counts, its splits in the order of `SPLITS`, and each modality's
 * name, shape and float32 values, in the order of the modalities. The items of a split and the values of a modality may come in pieces.
 */
export class ContentHash {
  readonly #hash: Hash = createHash('sha256');

  constructor(userCount: number, itemCount: number) {
    this.#line('balanced-rec dataset 1', userCount, itemCount);
  }

  /** Announces a split; its items follow. */
  split(name: Split, offsets: Int32Array): void {
    this.#line(name, offsets.at(-1)!);
    this.values(offsets);
  }

  /** Announces a modality; its values follow. */
  features(modality: string, rows: number, columns: number): void {
    this.#line('features', modality, rows, columns);
  }

  values(values: Int32Array | Float32Array): void {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    for (let at = 0; at < bytes.length; at += CHUNK) this.#hash.update(bytes.subarray(at, at + CHUNK));
  }

  digest(): string {
    return this.#hash.digest('hex');
  }

  #line(...parts: (string | number)[]): void {
    this.#hash.update(`${JSON.stringify(parts)}\n`);
  }
}
