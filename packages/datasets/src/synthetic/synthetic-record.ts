import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CompleteSyntheticOptions } from './synthetic-options.js';

/** Where a folder's generated data comes from: the content of its `dataset.json`. */
export interface SyntheticRecord {
  readonly format: 1;
  readonly kind: 'synthetic';
  /** Everything that was planted, defaults filled in: the same again gives the same files. */
  readonly options: CompleteSyntheticOptions;
  readonly counts: {
    readonly users: number;
    readonly items: number;
    readonly interactions: number;
    readonly train: number;
    readonly validation: number;
    readonly test: number;
  };
  /** `hashDataset` of the content. */
  readonly hash: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** @param splitSizes in the order of `SPLITS` */
export function syntheticRecord(
  options: CompleteSyntheticOptions,
  splitSizes: readonly [number, number, number],
  hash: string,
): SyntheticRecord {
  const [train, validation, test] = splitSizes;
  const { userCount: users, itemCount: items } = options;
  const counts = { users, items, interactions: train + validation + test, train, validation, test };
  return { format: 1, kind: 'synthetic', options, counts, hash, versions: versions() };
}

function versions(): Record<string, string> {
  const manifest = createRequire(import.meta.url).resolve('@balanced-rec/datasets/package.json');
  const { name, version } = JSON.parse(readFileSync(manifest, 'utf8'));
  return { [name]: version };
}
