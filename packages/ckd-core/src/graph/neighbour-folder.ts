import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { writeFileAtomicallySync } from '../checkpoint/write-folder.js';
import type { FeatureMatrix } from '../data/training-data.js';
import type { NeighbourCache } from './nearest-neighbours.js';

/** Keeps neighbours in a folder, one file per features, number of neighbours and engine; all runs of a comparison find them there. */
export class NeighbourFolder implements NeighbourCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A file that is damaged counts as none and is written anew. */
  neighbours(features: FeatureMatrix, k: number, compute: () => Int32Array): Int32Array {
    const path = join(this.#folder, `${hashOf(features)}-${k}-${tf.getBackend()}.int32`);
    const kept = read(path);
    if (kept && isNeighbourList(kept, features.rows, k)) return kept;
    const found = compute();
    writeFileAtomicallySync(path, new Uint8Array(found.buffer, found.byteOffset, found.byteLength));
    return found;
  }
}

/** Engines round differently, so that a near tie may fall either way; hence their name beside this. */
function hashOf({ rows, columns, values }: FeatureMatrix): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash('sha256').update(`${rows}x${columns}:`).update(bytes).digest('hex').slice(0, 32);
}

function read(path: string): Int32Array | undefined {
  try {
    const { buffer, byteOffset, byteLength } = readFileSync(path);
    return new Int32Array(buffer.slice(byteOffset, byteOffset + byteLength - (byteLength % 4)));
  } catch {
    return undefined;
  }
}

/** k ascending items for each item. */
function isNeighbourList(ids: Int32Array, items: number, k: number): boolean {
  return (
    ids.length === items * k && ids.every((id, at) => id >= 0 && id < items && (at % k === 0 || ids[at - 1]! < id))
  );
}
