import { byItem, countByItem, type Interactions, itemsOf, ofUsers } from '@balanced-rec/interactions';
import type { Scorer } from './recall.js';

/** The baseline: scores every item by its number of training interactions, the same for all users. */
export function popularityScorer(train: Interactions, itemCount: number): Scorer {
  const counts = countByItem(train, itemCount);
  return (_known, first, last, scores) => {
    for (let user = first; user < last; user++) scores.set(counts, (user - first) * itemCount);
  };
}

/**
 * Item-based collaborative filtering (Sarwar et al., WWW 2001; with all neighbours): an item's score is the sum of its cosines,
 * between columns of the training matrix, with the items that the user knows. It sees no features.
 */
export function itemNeighbourScorer(train: Interactions, itemCount: number): Scorer {
  const usersOf = byItem(train, itemCount);
  const lengths = Float64Array.from(countByItem(train, itemCount), Math.sqrt);
  const shared = new Float32Array(itemCount);
  return (known, first, last, scores) => {
    scores.fill(0, 0, (last - first) * itemCount);
    const knowers = byItem(
      ofUsers(
        known,
        Int32Array.from({ length: last - first }, (_, n) => first + n),
      ),
      itemCount,
    );
    for (let item = 0; item < itemCount; item++) {
      const askers = itemsOf(knowers, item);
      if (askers.length === 0) continue;
      shared.fill(0);
      for (const user of itemsOf(usersOf, item)) for (const other of itemsOf(train, user)) shared[other]!++;
      for (let other = 0; other < itemCount; other++) {
        if (shared[other]! > 0) shared[other]! /= lengths[item]! * lengths[other]!;
      }
      for (const asker of askers) {
        const start = asker * itemCount;
        for (let other = 0; other < itemCount; other++) scores[start + other]! += shared[other]!;
      }
    }
  };
}
