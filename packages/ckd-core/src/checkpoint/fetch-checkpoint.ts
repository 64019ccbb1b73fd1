import { type Checkpoint, decodeCheckpoint, MANIFEST_FILE, MODEL_FILE, missingFile } from './checkpoint.js';
import { type FetchOptions, fetchBytes } from './fetch-bytes.js';

/**
 * Fetches a checkpoint folder, as `saveCheckpoint` and `balanced-rec train` write it, over HTTP.
 * @param address the folder's; in a page it may be relative
 * @throws BalancedRecError `checkpoint/missing`, `checkpoint/malformed`, `safetensors/malformed`
 */
export async function fetchCheckpoint(address: string, options: FetchOptions = {}): Promise<Checkpoint> {
  const folder = address.replace(/\/+$/, '');
  const file = (name: string) =>
    fetchBytes(`${folder}/${name}`, options, (found, cause) =>
      missingFile(`${folder}/${name}`, found, 'serve the folder that `balanced-rec train --out` wrote as it is', cause),
    );
  // The small one first: a wrong address then costs no more than that.
  const manifest = await file(MANIFEST_FILE);
  return decodeCheckpoint({ manifest, model: await file(MODEL_FILE) }, folder);
}
