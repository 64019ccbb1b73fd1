import type { Backbone } from '@balanced-rec/ckd-core';
import type { DatasetContent } from '@balanced-rec/datasets';
import { countByItem, itemsOf } from '@balanced-rec/interactions';
import { tablesOf } from '../subject/numbers.js';

/** The length of the lists. */
export const cutoff = 5;

/** The recall of a model's joint view. */
export function modelRecall(data: DatasetContent, backbone: Backbone): number {
  const { dimension, users, items } = tablesOf(backbone, backbone.modalities);
  return recall(data, (user, item) => {
    let score = 0;
    for (let c = 0; c < dimension; c++) score += users[user * dimension + c]! * items[item * dimension + c]!;
    return score;
  });
}

/** The recall of ranking by the number of training interactions. */
export function popularityRecall(data: DatasetContent): number {
  const counts = countByItem(data.train, data.itemCount);
  return recall(data, (_user, item) => counts[item]!);
}

/** The expected recall of random ranking: the share of a user's candidates that fit in the list. */
export function chanceRecall({ train, itemCount, userCount }: DatasetContent): number {
  let sum = 0;
  for (let user = 0; user < userCount; user++) sum += cutoff / (itemCount - itemsOf(train, user).length);
  return sum / userCount;
}

/**
 * The mean over users of the share of their held-out items (validation and test) among the `cutoff` best items that are not in their
 * training items.
 */
function recall(
  { train, validation, test, userCount, itemCount }: DatasetContent,
  scoreOf: (user: number, item: number) => number,
): number {
  let sum = 0;
  let users = 0;
  for (let user = 0; user < userCount; user++) {
    const wanted = new Set([...itemsOf(validation, user), ...itemsOf(test, user)]);
    if (wanted.size === 0) continue;
    const known = new Set(itemsOf(train, user));
    const best = Array.from({ length: itemCount }, (_, item) => item)
      .filter((item) => !known.has(item))
      .map((item) => ({ item, score: scoreOf(user, item) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, cutoff);
    sum += best.filter(({ item }) => wanted.has(item)).length / wanted.size;
    users += 1;
  }
  return sum / users;
}
