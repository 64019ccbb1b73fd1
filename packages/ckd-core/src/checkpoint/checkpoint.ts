import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { makeFolderWithin, openSealedJson, sealJson, writeFolderAtomically } from '@balanced-rec/files';
import type { Backbone } from '../adapter/backbone.js';
import type { ObservedSet } from '../adapter/observed-set.js';
import { decodeSafetensors, encodeSafetensors } from './safetensors.js';

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
  /** The SHA-256 of the parameters' file; folders written before there was one are not checked. */
  readonly modelSha256?: string;
}

const MODEL_FILE = 'model.safetensors';
const MANIFEST_FILE = 'manifest.json';

/**
 * Saves parameters and manifest as a folder that appears whole or not at all. What the folder lies in is made where that is one folder.
 * @throws BalancedRecError `files/...` where it cannot be written
 */
export async function saveCheckpoint(
  folder: string,
  backbone: Backbone,
  about: Omit<CheckpointManifest, 'format' | 'backbone' | 'config' | 'modalities' | 'modelSha256'>,
): Promise<void> {
  const { name, config, modalities } = backbone;
  const model = encodeSafetensors(backbone.parameters.snapshot());
  const modelSha256 = sha256(model);
  const manifest: CheckpointManifest = { format: 1, backbone: name, config, modalities, ...about, modelSha256 };
  makeFolderWithin(dirname(folder));
  await writeFolderAtomically(folder, {
    [MODEL_FILE]: model,
    [MANIFEST_FILE]: sealJson(`${JSON.stringify(manifest, null, 1)}\n`),
  });
}

/**
 * What is wrong with a checkpoint folder as it stands, in a few words; undefined where nothing is, as far as its checksums tell, or
 * where there is no such folder.
 */
export async function checkpointDamage(folder: string): Promise<string | undefined> {
  try {
    const { modelSha256 } = await readManifest(folder);
    if (modelSha256 !== undefined) checkModel(await readCheckpointFile(join(folder, MODEL_FILE)), modelSha256, folder);
    return undefined;
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    return existsSync(folder) ? `${error.details.message}: ${error.details.place}` : undefined;
  }
}

/**
 * Reads a checkpoint's manifest, from which its backbone can be made.
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/malformed`, `checkpoint/damaged`
 */
export async function readManifest(folder: string): Promise<CheckpointManifest> {
  const place = join(folder, MANIFEST_FILE);
  const bytes = await readCheckpointFile(place);
  const text = openSealedJson(bytes, 'format');
  // What is JSON but not ours is told from what was ours and is damaged.
  if (text === undefined && /"sha256":\s*"/.test(bytes.toString('utf8'))) throw damaged(place);
  try {
    const manifest: unknown = JSON.parse(text ?? '');
    if (isManifest(manifest)) return manifest;
  } catch {
    // Falls through to the one error below.
  }
  throw new BalancedRecError({
    code: 'checkpoint/malformed',
    message: 'this is not a checkpoint manifest',
    place,
    expected: 'JSON with format 1, a backbone, its modalities, the observed ones and a seed',
    found: bytes.toString('utf8').slice(0, 60),
    remedy: 'train the model again, or name the checkpoint folder itself',
  });
}

/**
 * Puts a checkpoint's parameters into a backbone.
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/damaged`, `checkpoint/other-backbone`, `safetensors/malformed`, `parameters/mismatch`; the backbone is unchanged then
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
  const bytes = await readCheckpointFile(place);
  if (manifest.modelSha256 !== undefined) checkModel(bytes, manifest.modelSha256, place);
  backbone.parameters.restore(decodeSafetensors(bytes, place));
  return manifest;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function checkModel(bytes: Uint8Array, expected: string, place: string): void {
  if (sha256(bytes) !== expected) throw damaged(place);
}

function damaged(place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'checkpoint/damaged',
    message: 'the checkpoint is damaged',
    place,
    expected: 'the bytes that were written, by their SHA-256',
    found: 'others',
    remedy: 'copy it again from where it came; of a comparison, the same command makes it again',
  });
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
