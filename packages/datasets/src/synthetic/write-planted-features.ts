import { join } from 'node:path';
import type { ContentHash } from '../dataset/content-hash.js';
import { NpyWriter } from '../npy/encode-npy.js';
import type { SynthesisTarget } from './synthesis-target.js';
import type { CompleteSyntheticOptions } from './synthetic-options.js';
import { FeatureRenderer } from './tastes.js';

/** How many values are rendered before they are written. */
const CHUNK = 2 ** 18;

/**
 * Writes and hashes the features of one modality, a few rows at a time.
 *
 * @param modality its position in the options
 */
export async function writePlantedFeatures(
  folder: string,
  options: CompleteSyntheticOptions,
  modality: number,
  items: Float64Array,
  hash: ContentHash,
  { onProgress, signal }: SynthesisTarget,
): Promise<void> {
  const { itemCount, modalities } = options;
  const { name, dimension } = modalities[modality]!;
  const renderer = new FeatureRenderer(options, modality, items);
  const rows = Math.max(1, Math.floor(CHUNK / dimension));
  const values = new Float32Array(rows * dimension);
  const file = await NpyWriter.create(join(folder, `${name}_feat.npy`), itemCount, dimension);
  try {
    hash.features(name, itemCount, dimension);
    for (let written = 0; written < itemCount; ) {
      const part = values.subarray(0, Math.min(rows, itemCount - written) * dimension);
      renderer.fill(part);
      hash.values(part);
      await file.append(part);
      written += part.length / dimension;
      signal?.throwIfAborted();
      onProgress?.({ stage: `${name} features`, done: written, total: itemCount });
    }
  } catch (error) {
    // Closing fails because rows are missing, but the first error is the one to report.
    await file.close().catch(() => {});
    throw error;
  }
  await file.close();
}
