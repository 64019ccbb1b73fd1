import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFileName } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { FaultReason } from '../items/item-inputs.js';
import { hashOfFile } from './recorded-files.js';

/** The files for the features of a modality. */
export interface FeatureFiles {
  readonly features: string;
  readonly record: string;
}

/** An item that got the fallback, and why. */
export interface RecordedFault {
  readonly row: number;
  readonly id: string;
  readonly reason: FaultReason;
  readonly detail: string;
}

/** The content of `<modality>_features.json`: where a feature file comes from. The same inputs give the same record. */
export interface FeatureRecord {
  readonly format: 'balanced-rec features 1';
  readonly modality: string;
  readonly rows: number;
  readonly dimension: number;
  /** Identifies the inputs, encoder and settings. Features with the same key are the same. Imported vectors have none. */
  readonly key?: string | undefined;
  /** The hash of the feature file. */
  readonly sha256: string;
  /** The columns, table or folder. */
  readonly source: Readonly<Record<string, unknown>>;
  /** The encoder's name, its identity, and the batch size. */
  readonly encoder: Readonly<Record<string, unknown>>;
  /** Other observations, counted. */
  readonly notes: readonly string[];
  /** The number of rows with a vector of their own. */
  readonly encoded: number;
  /** What the other rows got. */
  readonly fallback: string;
  /** The number of other rows, by reason. */
  readonly faults: Readonly<Partial<Record<FaultReason, number>>>;
  /** Each of the other rows. */
  readonly fallbackRows: readonly RecordedFault[];
}

/**
 * Returns the two files of a modality.
 *
 * @throws BalancedRecError `dataset/bad-name`
 */
export function featureFiles(folder: string, modality: string): FeatureFiles {
  checkFileName(modality);
  return { features: join(folder, `${modality}_feat.npy`), record: join(folder, `${modality}_features.json`) };
}

/**
 * Refuses to replace existing features.
 *
 * @throws BalancedRecError `features/exists`
 */
export function checkVacant({ features: place }: FeatureFiles): void {
  if (!existsSync(place)) return;
  throw new BalancedRecError({
    code: 'features/exists',
    message: 'this modality already has features',
    place,
    expected: 'no feature file yet',
    found: 'a feature file',
    remedy: 'replace it with --overwrite, or choose another modality with --modality',
  });
}

/** Reads the record of existing features; undefined if there are no features, or if they do not match their record. */
export async function currentRecord({ features, record }: FeatureFiles): Promise<FeatureRecord | undefined> {
  if (!existsSync(features)) return undefined;
  const read = await readFile(record, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  return read?.sha256 === (await hashOfFile(features)) ? read : undefined;
}
