import { type Backbone, type CheckpointManifest, untrainedBackbone } from '@balanced-rec/ckd-core';
import { loadParameters } from '@balanced-rec/ckd-core/node';
import type { Dataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { loadBackbone } from '../loading/load-backbone.js';

/**
 * The backbone of a model's folder, with its trained parameters. The caller disposes it. The engine must be loaded.
 *
 * @param dataset what it was trained on, or another of the same shape
 * @param packageName the package to import the backbone from, if it is not one of this project's
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
