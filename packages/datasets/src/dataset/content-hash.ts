import { createHash, type Hash } from 'node:crypto';
import { type DatasetContent, SPLITS, type Split } from './dataset.js';

/** A single hash update accepts less than 2 GiB. */
const CHUNK = 2 ** 30;

/**
 * The SHA-256 (hex) of a dataset's content: its counts, its three splits, and each modality's name, shape and float32 values.
 * The dataset's name, its layout and the storage type of its features do not affect the hash: equal content has an equal hash.
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
 * The SHA-256 (hex) of a dataset's content, computed piece by piece: first its counts, then its splits in the order of
 * `SPLITS`, then each modality's name, shape and float32 values in the order of the modalities. The items of a split and the
 * values of a modality may arrive in several pieces.
 */
export class ContentHash {
  readonly #hash: Hash = createHash('sha256');

  constructor(userCount: number, itemCount: number) {
    this.#line('balanced-rec dataset 1', userCount, itemCount);
  }

  /** Starts a split; its items follow. */
  split(name: Split, offsets: Int32Array): void {
    this.#line(name, offsets.at(-1)!);
    this.values(offsets);
  }

  /** Starts a modality; its values follow. */
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
