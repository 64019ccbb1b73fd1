import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  appendDigest,
  type DamageListener,
  makeFolderWithin,
  readKept,
  warnOfDamage,
  writeFileAtomicallySync,
} from '@balanced-rec/files';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMatrix } from '../data/training-data.js';
import type { NeighbourCache } from './nearest-neighbours.js';

/** Caches neighbours in a folder that all runs of a comparison share: one file per feature matrix, number of neighbours and engine. */
export class NeighbourFolder implements NeighbourCache {
  readonly #folder: string;
  readonly #onDamage: DamageListener;

  /** @param folder created if missing; its parent must exist */
  constructor(folder: string, onDamage: DamageListener = warnOfDamage) {
    this.#folder = folder;
    this.#onDamage = onDamage;
  }

  /** A damaged file is set aside and written again. @throws BalancedRecError `files/...` if it cannot be written */
  neighbours(features: FeatureMatrix, k: number, compute: () => Int32Array): Int32Array {
    const path = join(this.#folder, `${hashOf(features)}-${k}-${tf.getBackend()}.int32`);
    const kept = readKept(path, (bytes) => neighbourList(bytes, features.rows, k), this.#onDamage);
    if (kept) return kept;
    const found = compute();
    makeFolderWithin(this.#folder);
    const bytes = new Uint8Array(found.buffer, found.byteOffset, found.byteLength);
    writeFileAtomicallySync(path, Buffer.concat([...appendDigest([bytes])]));
    return found;
  }
}

/** The file name also contains the engine: engines round differently, so a near tie may go either way. */
function hashOf({ rows, columns, values }: FeatureMatrix): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash('sha256').update(`${rows}x${columns}:`).update(bytes).digest('hex').slice(0, 32);
}

/** Reads k ascending neighbours for each item. @throws RangeError for anything else */
function neighbourList({ buffer, byteOffset, byteLength }: Uint8Array, items: number, k: number): Int32Array {
  if (byteLength !== 4 * items * k) throw new RangeError(`${byteLength} bytes for ${k} neighbours of ${items} items`);
  const ids = new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength));
  const areInOrder = ids.every((id, at) => id >= 0 && id < items && (at % k === 0 || ids[at - 1]! < id));
  if (!areInOrder) throw new RangeError('neighbours out of order');
  return ids;
}
