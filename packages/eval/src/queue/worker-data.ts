import { readDataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { Notice } from './notice.js';

type WantedDataset = Notice['datasets'][number];

/**
 * Finds a comparison's dataset in a worker's folders by its content.
 * @returns the folder
 * @throws BalancedRecError `queue/other-data`
 */
export async function findDataset(
  { name, modalities, hash }: WantedDataset,
  folders: readonly string[],
): Promise<string> {
  const found: string[] = [];
  for (const folder of folders) {
    try {
      const dataset = await readDataset(folder, { name, modalities });
      if (dataset.hash === hash) return folder;
      found.push(`${folder} has ${dataset.hash.slice(0, 12)}…`);
    } catch (error) {
      if (!(error instanceof BalancedRecError)) throw error;
      found.push(`${folder}: ${error.details.message}`);
    }
  }
  throw new BalancedRecError({
    code: 'queue/other-data',
    message: `this worker does not have the dataset ${name} of the comparison`,
    place: '--data',
    expected: `a folder whose content has the hash ${hash.slice(0, 12)}…, with ${modalities.join(' and ')}`,
    found: found.join('; ') || 'no --data',
    remedy: 'name a copy of the folder that the comparison was enqueued with',
  });
}
