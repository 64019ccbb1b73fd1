import { type Backbone, type CheckpointManifest, untrainedBackbone } from '@balanced-rec/ckd-core';
import { loadParameters } from '@balanced-rec/ckd-core/node';
import type { Dataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { loadBackbone } from '../loading/load-backbone.js';

/**
 * Opens the backbone in a model's folder with its trained parameters. The caller disposes it. The engine must be loaded.
 *
 * @param dataset the dataset that it was trained on, or another of the same shape
 * @param packageName the package to import a third-party backbone from
 * @throws BalancedRecError `backbone/...`, `checkpoint/...`, `safetensors/malformed`, `parameters/mismatch` naming the folder
 */
export async function restoreBackbone(
  folder: string,
  manifest: CheckpointManifest,
  dataset: Dataset,
  packageName?: string | undefined,
): Promise<Backbone> {
  const definition = await loadBackbone(manifest.backbone, packageName, folder);
  const backbone = untrainedBackbone(definition, manifest, dataset);
  try {
    await loadParameters(folder, backbone);
    return backbone;
  } catch (error) {
    backbone.dispose();
    if (!(error instanceof BalancedRecError) || error.code !== 'parameters/mismatch') throw error;
    throw new BalancedRecError({ ...error.details, place: `${folder} (${error.details.place})` });
  }
}
