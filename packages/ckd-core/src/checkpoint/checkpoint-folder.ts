import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { makeFolderWithin, openSealedJson, sealJson, writeFolderAtomically } from '@balanced-rec/files';
import type { Backbone } from '../adapter/backbone.js';
import { decodeSafetensors, encodeSafetensors, joined } from '../format/safetensors.js';
import { decodeRecommender, recommenderChunks, type StoredRecommender } from '../recommending/stored-recommender.js';
import {
  type CheckpointManifest,
  MANIFEST_FILE,
  MODEL_FILE,
  malformedManifest,
  missingFile,
  parseManifest,
  RECOMMENDER_FILE,
  requireBackbone,
} from './checkpoint.js';

/**
 * Saves parameters and manifest as a folder that appears complete or not at all. The parent folder is created if only that level is
 * missing.
 * @param recommender lets the model recommend without its dataset; saved next to the parameters
 * @throws BalancedRecError `files/...` if it cannot be written
 */
export async function saveCheckpoint(
  folder: string,
  backbone: Backbone,
  about: Omit<
    CheckpointManifest,
    'format' | 'backbone' | 'config' | 'modalities' | 'modelSha256' | 'recommenderSha256'
  >,
  recommender?: StoredRecommender | undefined,
): Promise<void> {
  const { name, config, modalities } = backbone;
  const model = encodeSafetensors(backbone.parameters.snapshot());
  const modelSha256 = sha256(model);
  const tables = recommender && joined(recommenderChunks(recommender));
  const manifest: CheckpointManifest = {
    ...{ format: 1, backbone: name, config, modalities, ...about, modelSha256 },
    ...(tables ? { recommenderSha256: sha256(tables) } : {}),
  };
  makeFolderWithin(dirname(folder));
  await writeFolderAtomically(folder, {
    [MODEL_FILE]: model,
    ...(tables ? { [RECOMMENDER_FILE]: tables } : {}),
    [MANIFEST_FILE]: sealJson(`${JSON.stringify(manifest, null, 1)}\n`),
  });
}

/**
 * Describes in a few words what is wrong with a checkpoint folder. Returns undefined if the checksums match or if the folder does not
 * exist.
 */
export async function checkpointDamage(folder: string): Promise<string | undefined> {
  try {
    const manifest = await readManifest(folder);
    await readChecked(join(folder, MODEL_FILE), manifest.modelSha256);
    if (manifest.recommenderSha256) await readChecked(join(folder, RECOMMENDER_FILE), manifest.recommenderSha256);
    return undefined;
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    return existsSync(folder) ? `${error.details.message}: ${error.details.place}` : undefined;
  }
}

/**
 * Reads a checkpoint's manifest, from which its backbone can be created.
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/malformed`, `checkpoint/damaged`
 */
export async function readManifest(folder: string): Promise<CheckpointManifest> {
  const place = join(folder, MANIFEST_FILE);
  const bytes = await readCheckpointFile(place);
  const text = openSealedJson(bytes, 'format');
  if (text !== undefined) return parseManifest(text, place);
  // Distinguishes a damaged manifest from JSON that never was one.
  const found = bytes.toString('utf8');
  throw /"sha256":\s*"/.test(found) ? damaged(place) : malformedManifest(found, place);
}

/**
 * Loads a checkpoint's parameters into a backbone.
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/damaged`, `checkpoint/other-backbone`, `safetensors/malformed`,
 *   `parameters/mismatch`; in these cases the backbone is unchanged
 */
export async function loadParameters(folder: string, backbone: Backbone): Promise<CheckpointManifest> {
  const manifest = await readManifest(folder);
  requireBackbone(manifest, backbone.name, folder);
  const place = join(folder, MODEL_FILE);
  backbone.parameters.restore(decodeSafetensors(await readChecked(place, manifest.modelSha256), place));
  return manifest;
}

/**
 * Reads the part of a checkpoint folder that lets it recommend without the dataset; undefined if the folder has none.
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/damaged`, `safetensors/malformed`, `recommender/malformed`
 */
export async function readRecommender(
  folder: string,
  { recommenderSha256 }: CheckpointManifest,
): Promise<StoredRecommender | undefined> {
  if (recommenderSha256 === undefined) return undefined;
  const place = join(folder, RECOMMENDER_FILE);
  return decodeRecommender(await readChecked(place, recommenderSha256), place);
}

/** Reads a file and checks it against the manifest's checksum. */
async function readChecked(place: string, expected: string | undefined): Promise<Buffer> {
  const bytes = await readCheckpointFile(place);
  if (expected !== undefined && sha256(bytes) !== expected) throw damaged(place);
  return bytes;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function damaged(place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'checkpoint/damaged',
    message: 'the checkpoint is damaged',
    place,
    expected: 'the SHA-256 recorded when it was written',
    found: 'a different SHA-256',
    remedy: 'copy it again from its source; if it belongs to a comparison, rerun the command that created it',
  });
}

async function readCheckpointFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const found = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw missingFile(path, found, 'specify the folder that `balanced-rec train --out` wrote', cause);
  }
}
