import { type Interactions, itemsOf } from '../../interactions/interactions.js';
import { countByItem } from '../interactions/measure-split.js';
import type { Scorer } from './recall.js';

/**
 * Item-based collaborative filtering (Sarwar et al., WWW 2001; all neighbours): an item's score is the sum of its cosines, as
 * columns of the training matrix, with the items that the user knows. It sees no features.
 */
export function itemNeighbourScorer(train: Interactions, itemCount: number): Scorer {
  const usersOf = byItem(train, itemCount);
  const lengths = Float64Array.from(countByItem(train.items, itemCount), Math.sqrt);
  const shared = new Float32Array(itemCount);
  return (known, first, last, scores) => {
    scores.fill(0, 0, (last - first) * itemCount);
    const knowers = byItem(rowsOf(known, first, last), itemCount);
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

/** Every `step`-th user alone, so that pairs of items are counted in bounded time. */
export function thinned({ offsets, items }: Interactions, step: number): Interactions {
  const users = Int32Array.from({ length: Math.ceil((offsets.length - 1) / step) }, (_, n) => n * step);
  const kept = new Int32Array(users.length + 1);
  for (const [n, user] of users.entries()) kept[n + 1] = kept[n]! + offsets[user + 1]! - offsets[user]!;
  const itemsKept = new Int32Array(kept[users.length]!);
  for (const [n, user] of users.entries()) itemsKept.set(itemsOf({ offsets, items }, user), kept[n]);
  return { offsets: kept, items: itemsKept };
}

/** The users of each item. */
function byItem({ offsets, items }: Interactions, itemCount: number): Interactions {
  const starts = new Int32Array(itemCount + 1);
  for (const item of items) starts[item + 1]!++;
  for (let item = 0; item < itemCount; item++) starts[item + 1]! += starts[item]!;
  const users = new Int32Array(items.length);
  const next = starts.slice();
  for (let user = 0; user + 1 < offsets.length; user++) {
    for (let n = offsets[user]!; n < offsets[user + 1]!; n++) users[next[items[n]!]!++] = user;
  }
  return { offsets: starts, items: users };
}

function rowsOf({ offsets, items }: Interactions, first: number, last: number): Interactions {
  const start = offsets[first]!;
  return {
    offsets: offsets.subarray(first, last + 1).map((offset) => offset - start),
    items: items.subarray(start, offsets[last]),
  };
}
