import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { readItemIds } from './items/read-item-ids.js';
import { checkVacant, type FeatureRecord, featureFiles } from './output/feature-files.js';
import { withWorkingFolder } from './output/working-folder.js';
import { writeFeatures } from './output/write-features.js';
import { readVectors, type VectorSource } from './vectors/read-vectors.js';

/** Vectors for a dataset's items that were computed elsewhere. */
export interface ImportOptions {
  /** The dataset folder, into which the features are written. */
  readonly folder: string;
  readonly modality: string;
  readonly source: VectorSource;
  /** Whether to replace existing features. */
  readonly overwrite?: boolean | undefined;
}

/**
 * Puts existing vectors into the order of a dataset's items, and writes `<modality>_feat.npy` with its record.
 *
 * @throws BalancedRecError the README lists the codes
 */
export async function importVectors({
  folder,
  modality,
  source,
  overwrite = false,
}: ImportOptions): Promise<FeatureRecord> {
  const files = featureFiles(folder, modality);
  if (!overwrite) checkVacant(files);
  const { ids, rowOf, place } = await readItemIds(folder);
  const { dimension, vectors, faults, notes } = await readVectors(source, { ids, rowOf, place });
  const content = { ids, dimension, faults, vectorOf: (row: number) => vectors.get(row)! };
  const described = { modality, source: { vectors: basename(source.file) }, encoder: { name: 'none' }, notes };
  return withWorkingFolder(await realpath(folder), modality, (working) =>
    writeFeatures(content, files, described, working),
  );
}
