import { formatScore, MISSING } from './format-number.js';
import type { SummaryCell } from './summary.js';

/** A cell as text: `0.3794 ± 0.0012`; without ± for one seed, with its number of seeds where others have more. */
export function formatCell(cell: SummaryCell | undefined, usualSeeds: number): string {
  if (!cell) return MISSING;
  const spread = cell.deviation === null ? '' : ` ± ${formatScore(cell.deviation)}`;
  const fewer = cell.seeds.length < usualSeeds ? ` (n = ${cell.seeds.length})` : '';
  return `${formatScore(cell.mean)}${spread}${fewer}`;
}
