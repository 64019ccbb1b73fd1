import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Backbone } from '../adapter/backbone.js';
import type { ObservedSet } from '../adapter/observed-set.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';
import { writeFolderAtomically } from './write-folder.js';

/** What a checkpoint folder's `manifest.json` says. */
export interface CheckpointManifest {
  readonly format: 1;
  readonly backbone: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly modalities: ObservedSet;
  /** The view that the model was trained on and ranks with. */
  readonly observed: ObservedSet;
  readonly seed: number;
  /** The dataset's content hash. */
  readonly dataHash: string;
  /** Anything else worth keeping: metrics, versions, epochs. */
  readonly about: Readonly<Record<string, unknown>>;
}

const MODEL_FILE = 'model.safetensors';
const MANIFEST_FILE = 'manifest.json';

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
  const text = (await readCheckpointFile(place)).toString('utf8');
  try {
    const manifest: unknown = JSON.parse(text);
    if (isManifest(manifest)) return manifest;
  } catch {
    // Falls through to the one error below.
  }
  throw new BalancedRecError({
    code: 'checkpoint/malformed',
    message: 'this is not a checkpoint manifest',
    place,
    expected: 'JSON with format 1, a backbone, its modalities, the observed ones and a seed',
    found: text.slice(0, 60),
    remedy: 'train the model again, or name the checkpoint folder itself',
  });
}

/**
 * Puts a checkpoint's parameters into a backbone.
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/other-backbone`, `safetensors/malformed`, `parameters/mismatch`; the backbone is unchanged then
 */
export async function loadParameters(folder: string, backbone: Backbone): Promise<CheckpointManifest> {
  const manifest = await readManifest(folder);
  if (manifest.backbone !== backbone.name) {
    throw new BalancedRecError({
      code: 'checkpoint/other-backbone',
      message: 'the checkpoint holds another backbone',
      place: folder,
      expected: backbone.name,
      found: manifest.backbone,
      remedy: `load it with the backbone ${manifest.backbone}`,
    });
  }
  const place = join(folder, MODEL_FILE);
  backbone.parameters.restore(decodeSafetensors(await readCheckpointFile(place), place));
  return manifest;
}

function isManifest(value: unknown): value is CheckpointManifest {
  const manifest = value as Partial<CheckpointManifest> | null;
  return (
    manifest?.format === 1 &&
    typeof manifest.backbone === 'string' &&
    Number.isInteger(manifest.seed) &&
    [manifest.modalities, manifest.observed].every((list) => Array.isArray(list))
  );
}

async function readCheckpointFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new BalancedRecError({
      code: 'checkpoint/missing',
      message: 'there is no checkpoint file here',
      place: path,
      expected: `a folder with ${MANIFEST_FILE} and ${MODEL_FILE}`,
      found: (cause as NodeJS.ErrnoException).code ?? String(cause),
      remedy: 'name the folder that `balanced-rec train --out` wrote',
      cause,
    });
  }
}
