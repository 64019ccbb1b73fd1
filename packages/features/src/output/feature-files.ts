import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkFileName } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { FaultReason } from '../items/item-inputs.js';
import { hashOfFile } from './recorded-files.js';

/** Where the features of a modality go. */
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

/** `<modality>_features.json`: where a feature file comes from. The same inputs give the same record. */
export interface FeatureRecord {
  readonly format: 'balanced-rec features 1';
  readonly modality: string;
  readonly rows: number;
  readonly dimension: number;
  /** Identifies inputs, encoder and settings; features of the same key are the same. Imported vectors have none. */
  readonly key?: string | undefined;
  /** Of the feature file. */
  readonly sha256: string;
  /** The columns, table or folder. */
  readonly source: Readonly<Record<string, unknown>>;
  /** Its name, what it says of itself, and the batch size. */
  readonly encoder: Readonly<Record<string, unknown>>;
  /** Other things that were counted. */
  readonly notes: readonly string[];
  /** Rows with a vector of their own. */
  readonly encoded: number;
  /** What the others got. */
  readonly fallback: string;
  /** How many others, by reason. */
  readonly faults: Readonly<Partial<Record<FaultReason, number>>>;
  /** Each of them. */
  readonly fallbackRows: readonly RecordedFault[];
}

/**
 * The two files of a modality.
 *
 * @throws BalancedRecError `dataset/bad-name`
 */
export function featureFiles(folder: string, modality: string): FeatureFiles {
  checkFileName(modality);
  return { features: join(folder, `${modality}_feat.npy`), record: join(folder, `${modality}_features.json`) };
}

/**
 * Refuses to replace features that are there.
 *
 * @throws BalancedRecError `features/exists`
 */
export function checkVacant({ features: place }: FeatureFiles): void {
  if (!existsSync(place)) return;
  throw new BalancedRecError({
    code: 'features/exists',
    message: 'there are features of this modality already',
    place,
    expected: 'no such file yet',
    found: 'a feature file',
    remedy: 'replace it with --overwrite, or name another modality with --modality',
  });
}

/** The record of features that are there; undefined where there are none, or none that belong to their record. */
export async function currentRecord({ features, record }: FeatureFiles): Promise<FeatureRecord | undefined> {
  if (!existsSync(features)) return undefined;
  const read = await readFile(record, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  return read?.sha256 === (await hashOfFile(features)) ? read : undefined;
}
