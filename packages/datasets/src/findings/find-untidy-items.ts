import { countOf } from '../count-of.js';
import type { DatasetContent } from '../dataset.js';
import type { Finding } from './finding.js';

const IN_TRAINING = 1;
const ELSEWHERE = 2;

/** Items that training does not know, and items that no split knows. Counts may be 0. */
export function findUntidyItems({ itemCount, train, validation, test }: DatasetContent): Finding[] {
  const seen = new Uint8Array(itemCount);
  for (const item of train.items) seen[item]! |= IN_TRAINING;
  for (const item of validation.items) seen[item]! |= ELSEWHERE;
  for (const item of test.items) seen[item]! |= ELSEWHERE;
  let noTraining = 0;
  let neverSeen = 0;
  for (const marks of seen) {
    if (marks === 0) neverSeen++;
    else if (marks === ELSEWHERE) noTraining++;
  }
  return [
    {
      code: 'items/no-training',
      severity: 'note',
      message: `${countOf(noTraining, 'item')} in validation or test but never in training; kept as candidates (cold items)`,
      count: noTraining,
    },
    {
      code: 'items/never-seen',
      severity: 'note',
      message: `${countOf(neverSeen, 'item')} in no interaction at all; kept as candidates`,
      count: neverSeen,
    },
  ];
}
