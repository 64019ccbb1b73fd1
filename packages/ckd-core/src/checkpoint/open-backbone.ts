import { RandomStreams } from '@balanced-rec/distributions';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Backbone } from '../adapter/backbone.js';
import type { BackboneDefinition } from '../adapter/define-backbone.js';
import type { HashedData, TrainingData } from '../data/training-data.js';
import { type Checkpoint, type CheckpointManifest, requireBackbone } from './checkpoint.js';

/**
 * The trained backbone of a checkpoint. The engine must be loaded.
 *
 * @throws BalancedRecError `checkpoint/other-backbone`, `model/other-dataset`, `parameters/mismatch`, and what
 * `definition.create` throws
 */
export function openBackbone(definition: BackboneDefinition, checkpoint: Checkpoint, data: HashedData): Backbone {
  const { manifest, parameters, place } = checkpoint;
  requireBackbone(manifest, definition.name, place);
  requireTrainedOn(manifest, data.hash, place);
  const backbone = untrainedBackbone(definition, manifest, data);
  try {
    backbone.parameters.restore(parameters);
  } catch (error) {
    backbone.dispose();
    throw error;
  }
  return backbone;
}

/** The backbone of a manifest, made anew: its parameters are still to be restored. */
export function untrainedBackbone(
  definition: BackboneDefinition,
  { config, modalities, seed }: CheckpointManifest,
  data: TrainingData,
): Backbone {
  return definition.create({ data, config, modalities, random: new RandomStreams(seed) });
}

/**
 * @param place names the data, or what has them, in the error
 * @throws BalancedRecError `model/other-dataset`
 */
export function requireTrainedOn({ dataHash }: CheckpointManifest, hash: string, place: string): void {
  if (dataHash === hash) return;
  throw new BalancedRecError({
    code: 'model/other-dataset',
    message: 'the model was trained on other data than this',
    place,
    expected: `a dataset with the content hash ${dataHash}`,
    found: hash,
    remedy: 'name the dataset that the model was trained on, as it was then',
  });
}
