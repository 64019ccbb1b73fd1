import { BalancedRecError } from '@balanced-rec/errors';
import type { ObservedSet } from '../adapter/observed-set.js';
import { type FetchOptions, fetchBytes } from '../format/fetch-bytes.js';
import { decodeSafetensors, type NamedArray } from '../format/safetensors.js';

/** The contents of a checkpoint folder's `manifest.json`. */
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
  /** Anything else worth recording: metrics, versions, epochs. */
  readonly about: Readonly<Record<string, unknown>>;
  /** The SHA-256 of the parameters' file. Older folders have none and are not checked. */
  readonly modelSha256?: string;
  /** The SHA-256 of the recommender's file, if the folder has one. Such a model can recommend without its dataset. */
  readonly recommenderSha256?: string;
}

/** A checkpoint in memory, regardless of where its two files came from. */
export interface Checkpoint {
  readonly manifest: CheckpointManifest;
  /** The parameters' values by name. */
  readonly parameters: ReadonlyMap<string, NamedArray>;
  /** Where it came from, for error messages. */
  readonly place: string;
}

export const MODEL_FILE = 'model.safetensors';
export const RECOMMENDER_FILE = 'recommender.safetensors';
export const MANIFEST_FILE = 'manifest.json';

/**
 * Decodes a checkpoint from the bytes of its two files.
 * @param place names the folder in errors
 * @throws BalancedRecError `checkpoint/malformed`, `safetensors/malformed`
 */
export function decodeCheckpoint(
  files: { readonly manifest: Uint8Array; readonly model: Uint8Array },
  place: string,
): Checkpoint {
  return {
    manifest: parseManifest(new TextDecoder().decode(files.manifest), `${place}/${MANIFEST_FILE}`),
    parameters: decodeSafetensors(files.model, `${place}/${MODEL_FILE}`),
    place,
  };
}

/**
 * Fetches a checkpoint folder, as `saveCheckpoint` and `balanced-rec train` write it, over HTTP.
 * @param address the folder's address; may be relative in a web page
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/malformed`, `safetensors/malformed`
 */
export async function fetchCheckpoint(address: string, options: FetchOptions = {}): Promise<Checkpoint> {
  const folder = address.replace(/\/+$/, '');
  const file = (name: string) =>
    fetchBytes(`${folder}/${name}`, options, (found, cause) =>
      missingFile(
        `${folder}/${name}`,
        found,
        'serve the folder that `balanced-rec train --out` wrote, unchanged',
        cause,
      ),
    );
  // The small file first, so a wrong address fails cheaply.
  const manifest = await file(MANIFEST_FILE);
  return decodeCheckpoint({ manifest, model: await file(MODEL_FILE) }, folder);
}

/**
 * Parses a manifest, from which the checkpoint's backbone can be created.
 * @throws BalancedRecError `checkpoint/malformed`
 */
export function parseManifest(text: string, place: string): CheckpointManifest {
  try {
    // The file's own checksum is not part of the manifest. Node.js checks it when it reads a folder.
    const { sha256: _, ...manifest }: Record<string, unknown> = JSON.parse(text);
    if (isManifest(manifest)) return manifest;
  } catch {
    // Falls through to the one error below.
  }
  throw malformedManifest(text, place);
}

/** The error for text that is not a manifest. */
export function malformedManifest(text: string, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'checkpoint/malformed',
    message: 'this is not a checkpoint manifest',
    place,
    expected: 'JSON with format 1, a backbone, its modalities, the observed modalities and a seed',
    found: text.slice(0, 60),
    remedy: 'train the model again, or specify the checkpoint folder itself',
  });
}

/** @throws BalancedRecError `checkpoint/other-backbone` */
export function requireBackbone({ backbone }: CheckpointManifest, name: string, place: string): void {
  if (backbone === name) return;
  throw new BalancedRecError({
    code: 'checkpoint/other-backbone',
    message: 'the checkpoint belongs to a different backbone',
    place,
    expected: name,
    found: backbone,
    remedy: `load it with the backbone ${backbone}`,
  });
}

/** The error for a checkpoint that lacks a file or does not exist. */
export function missingFile(place: string, found: string, remedy: string, cause?: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'checkpoint/missing',
    message: 'there is no checkpoint file here',
    place,
    expected: `a folder with ${MANIFEST_FILE} and ${MODEL_FILE}`,
    found,
    remedy,
    cause,
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
