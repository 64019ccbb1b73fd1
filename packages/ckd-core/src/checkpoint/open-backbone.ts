import { RandomStreams } from '@balanced-rec/distributions';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Backbone } from '../adapter/backbone.js';
import type { BackboneDefinition } from '../adapter/define-backbone.js';
import type { HashedData, TrainingData } from '../data/training-data.js';
import { type Checkpoint, type CheckpointManifest, requireBackbone } from './checkpoint.js';

/**
 * Opens the trained backbone of a checkpoint. The engine must be loaded.
 *
 * @throws BalancedRecError `checkpoint/other-backbone`, `model/other-dataset`, `parameters/mismatch`, and anything that
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

/** Creates the backbone that a manifest describes, untrained: its parameters still have to be restored. */
export function untrainedBackbone(
  definition: BackboneDefinition,
  { config, modalities, seed }: CheckpointManifest,
  data: TrainingData,
): Backbone {
  return definition.create({ data, config, modalities, random: new RandomStreams(seed) });
}

/**
 * @param place names the data or its source in the error
 * @throws BalancedRecError `model/other-dataset`
 */
export function requireTrainedOn({ dataHash }: CheckpointManifest, hash: string, place: string): void {
  if (dataHash === hash) return;
  throw new BalancedRecError({
    code: 'model/other-dataset',
    message: 'the model was trained on different data',
    place,
    expected: `a dataset with the content hash ${dataHash}`,
    found: hash,
    remedy: 'use the dataset that the model was trained on, unchanged since then',
  });
}
