import { rm } from 'node:fs/promises';
import { engineFolder, type TensorFlowEngine } from '../tensorflow-library/engine-cache.js';
import { folderSize } from './folder-size.js';
import { removeLeftovers } from './working-folder.js';

/**
 * Removes a provisioned engine from the cache.
 * @returns how many bytes it took; 0 where there was none
 */
export async function removeEngine(engine: TensorFlowEngine): Promise<number> {
  const folder = engineFolder(engine);
  const bytes = await folderSize(folder);
  await rm(folder, { recursive: true, force: true });
  await removeLeftovers(folder);
  return bytes;
}
