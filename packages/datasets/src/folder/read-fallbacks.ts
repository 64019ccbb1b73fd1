import { join } from 'node:path';
import type { Fallbacks } from '../diagnosis/diagnose-dataset.js';
import { readBytes } from './read-bytes.js';

/**
 * Which rows of each modality are stand-ins for items that could not be encoded: the list `fallbackRows` of
 * `<modality>_features.json` beside the features, of rows or of objects with a `row`. It only adds to what is said of a dataset,
 * so where the file is missing or says it otherwise, the modality is left out.
 *
 * @param rowCounts the rows of each modality's features
 */
export async function readFallbacks(path: string, rowCounts: ReadonlyMap<string, number>): Promise<Fallbacks> {
  const fallbacks: Record<string, readonly number[]> = {};
  for (const [modality, rows] of rowCounts) {
    const listed = await readList(join(path, `${modality}_features.json`));
    const found = listed?.map((entry) => (typeof entry === 'number' ? entry : entry?.row));
    if (found?.every((row): row is number => Number.isInteger(row) && Number(row) >= 0 && Number(row) < rows)) {
      fallbacks[modality] = [...new Set(found)];
    }
  }
  return fallbacks;
}

async function readList(path: string): Promise<(number | { row?: unknown } | null)[] | undefined> {
  try {
    const list = JSON.parse(new TextDecoder().decode(await readBytes(path))).fallbackRows;
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
