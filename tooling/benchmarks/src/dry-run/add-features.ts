import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { encodeNpy, readDataset } from '@balanced-rec/datasets';
import { drawFeatures } from '../draw-features.js';

/** The number of feature columns for each modality. */
export type FeatureColumns = Readonly<Record<string, number>>;

/**
 * Builds a dataset from real interactions and generated features: copies the splits from a folder in LATTICE layout and adds noise as
 * features. Existing files are overwritten. The same interactions, columns and seed give the same bytes.
 */
export async function addFeatures(from: string, to: string, columns: FeatureColumns, seed = 1): Promise<void> {
  const { itemCount } = await readDataset(from, { layout: 'lattice', requireFeatures: false, modalities: [] });
  const random = new RandomStreams(seed);
  await mkdir(join(to, '5-core'), { recursive: true });
  // Read and written rather than copied, so that the new files are writable even if the originals are read-only.
  for (const split of ['train.json', 'val.json', 'test.json'])
    await writeFile(join(to, '5-core', split), await readFile(join(from, '5-core', split)));
  for (const [modality, count] of Object.entries(columns)) {
    const features = drawFeatures(itemCount, count, random.stream(modality));
    await writeFile(join(to, `${modality}_feat.npy`), encodeNpy(features));
  }
}
