import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { FeatureFiles } from './feature-files.js';
import type { FeatureRecord } from './feature-record.js';
import { hashOfFile } from './hash-of-file.js';

/** The record of features that are there; undefined where there are none, or none that belong to their record. */
export async function currentRecord({ features, record }: FeatureFiles): Promise<FeatureRecord | undefined> {
  if (!existsSync(features)) return undefined;
  const read = await readFile(record, 'utf8')
    .then(JSON.parse)
    .catch(() => undefined);
  return read?.sha256 === (await hashOfFile(features)) ? read : undefined;
}
