import type { ErrorDetails } from '@balanced-rec/errors';
import type { InteractionLog } from './interaction-log.js';
import { SPLITS } from './splits.js';

/** `dataset/empty-split` where train, validation or test has no interaction; it names which. */
export function explainEmptySplits(log: InteractionLog, place: string): ErrorDetails | undefined {
  const counts = [0, 0, 0];
  for (let n = 0; n < log.count; n++) counts[log.splits[n]!]!++;
  const empty = SPLITS.filter((_, split) => counts[split] === 0);
  if (empty.length === 0) return undefined;
  return {
    code: 'dataset/empty-split',
    message: `no interaction in the split ${empty.join(', ')}`,
    place,
    expected: 'interactions for training, validation and test',
    found: SPLITS.map((split, n) => `${split} ${counts[n]}`).join(', '),
    remedy: 'split the interactions of each user, for example 8:1:1, and write all three splits',
  };
}
