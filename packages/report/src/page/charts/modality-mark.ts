import type { Mark } from '../../page-data/page-data.js';

const SLOTS = [2, 3, 4, 5];
const DASHES = ['', '9 3 2 3', '2 3', '7 4'];

/** How a modality's line looks where several modalities are in one chart. */
export function modalityMark(modality: string, modalities: readonly string[]): Mark {
  const at = Math.max(0, modalities.indexOf(modality)) % SLOTS.length;
  return { slot: SLOTS[at]!, dash: DASHES[at]! };
}
