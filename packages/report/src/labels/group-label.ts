import type { GroupScores } from '../records/run-record.js';
import { formatCount } from './format-number.js';

/** The training interactions that a group's members have: `10–24`. */
export function groupLabel({ from, to }: Pick<GroupScores, 'from' | 'to'>): string {
  return from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`;
}
