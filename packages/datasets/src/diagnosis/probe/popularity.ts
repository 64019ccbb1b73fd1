import { countByItem, type Interactions } from '@balanced-rec/interactions';
import type { Scorer } from './recall.js';

/** The floor: every item by its number of training interactions, for all users alike. */
export function popularityScorer(train: Interactions, itemCount: number): Scorer {
  const counts = countByItem(train, itemCount);
  return (_known, first, last, scores) => {
    for (let user = first; user < last; user++) scores.set(counts, (user - first) * itemCount);
  };
}
