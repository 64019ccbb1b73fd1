import type { DatasetContent } from '@balanced-rec/datasets';

/**
 * The mean over users of the share of their held-out items (validation and test) that are among the `cutoff` best of those that
 * they have not in training.
 */
export function recall(
  { train, validation, test, userCount, itemCount }: DatasetContent,
  cutoff: number,
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

function itemsOf({ offsets, items }: DatasetContent['train'], user: number): Int32Array {
  return items.subarray(offsets[user]!, offsets[user + 1]!);
}
