import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Backbone } from '../adapter/backbone.js';
import {
  type CheckpointManifest,
  MANIFEST_FILE,
  MODEL_FILE,
  missingFile,
  parseManifest,
  requireBackbone,
} from './checkpoint.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { writeFolderAtomically } from './write-folder.js';

/** Saves parameters and manifest as a folder that appears whole or not at all. */
export async function saveCheckpoint(
  folder: string,
  backbone: Backbone,
  about: Omit<CheckpointManifest, 'format' | 'backbone' | 'config' | 'modalities'>,
): Promise<void> {
  const { name, config, modalities } = backbone;
  const manifest: CheckpointManifest = { format: 1, backbone: name, config, modalities, ...about };
  await writeFolderAtomically(folder, {
    [MODEL_FILE]: encodeSafetensors(backbone.parameters.snapshot()),
    [MANIFEST_FILE]: `${JSON.stringify(manifest, null, 2)}\n`,
  });
}

/**
 * Reads a checkpoint's manifest, from which its backbone can be made.
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/malformed`
 */
export async function readManifest(folder: string): Promise<CheckpointManifest> {
  const place = join(folder, MANIFEST_FILE);
  return parseManifest((await readCheckpointFile(place)).toString('utf8'), place);
}

/**
 * Puts a checkpoint's parameters into a backbone.
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/other-backbone`, `safetensors/malformed`, `parameters/mismatch`; the backbone is unchanged then
 */
export async function loadParameters(folder: string, backbone: Backbone): Promise<CheckpointManifest> {
  const manifest = await readManifest(folder);
  requireBackbone(manifest, backbone.name, folder);
  const place = join(folder, MODEL_FILE);
  backbone.parameters.restore(decodeSafetensors(await readCheckpointFile(place), place));
  return manifest;
}

async function readCheckpointFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const found = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw missingFile(path, found, 'name the folder that `balanced-rec train --out` wrote', cause);
  }
}
