import type { Dataset } from '@balanced-rec/datasets';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import type { PlannedRun } from './plan.js';

/** Node.js with an engine and its working memory; TensorFlow's own library is half of it where there is one. */
const ENGINE_BYTES: Readonly<Record<EngineName, number>> = { wasm: 350e6, cpu: 350e6, native: 700e6, gpu: 700e6 };
/** Teachers' tables, and a step's random pairs under every view. */
const DISTILLATION_BYTES = 200e6;
/** A trained table's values, its gradient, Adam's two moments and the best epoch's copy; features are held for JavaScript besides. */
const COPIES = 6;
/** What backbones have for `embeddingDim` where a comparison does not say. */
const USUAL_EMBEDDING = 64;

/**
 * Roughly what the process of a run may need at most, in bytes: an upper estimate for backbones that do not train the feature tables,
 * within a fifth of the peaks in docs/benchmarks.md for those that do.
 */
export function runBytes(
  { settings: { backbone, engine, dataset }, after }: Pick<PlannedRun, 'settings' | 'after'>,
  { userCount, itemCount, features }: Pick<Dataset, 'userCount' | 'itemCount' | 'features'>,
): number {
  const { modalities } = dataset;
  const columns = modalities.reduce((sum, modality) => sum + features[modality]!.columns, 0);
  const { embeddingDim } = backbone.config;
  const width = typeof embeddingDim === 'number' ? embeddingDim : USUAL_EMBEDDING;
  // Ids and each modality have tables or layers of their own.
  const embeddings = (userCount + itemCount) * width * (modalities.length + 1);
  const floats = itemCount * columns + embeddings;
  const hasTeachers = after.length > 0;
  return (
    ENGINE_BYTES[engine] + (hasTeachers ? DISTILLATION_BYTES : 0) + floats * Float32Array.BYTES_PER_ELEMENT * COPIES
  );
}
