/** The items of each user in CSR format. Within a user, items are distinct and ascending. */
export interface Interactions {
  /** `[users + 1]`: the items of user `u` are `items[offsets[u]]` to `items[offsets[u + 1] - 1]`. */
  readonly offsets: Int32Array;
  /** `[interactions]` item numbers. */
  readonly items: Int32Array;
}

/** The number of users, with or without items. */
export function userCountOf({ offsets }: Interactions): number {
  return offsets.length - 1;
}

/** The items of one user, without a copy. */
export function itemsOf({ offsets, items }: Interactions, user: number): Int32Array {
  return items.subarray(offsets[user], offsets[user + 1]);
}

/** Whether a user has any items. */
export function hasItems({ offsets }: Interactions, user: number): boolean {
  return offsets[user + 1]! > offsets[user]!;
}

/** The rows of the given users, renumbered from 0 in the given order. A user may occur more than once. */
export function ofUsers(interactions: Interactions, users: Int32Array): Interactions {
  const offsets = new Int32Array(users.length + 1);
  for (const [row, user] of users.entries()) offsets[row + 1] = offsets[row]! + itemsOf(interactions, user).length;
  const items = new Int32Array(offsets[users.length]!);
  for (const [row, user] of users.entries()) items.set(itemsOf(interactions, user), offsets[row]);
  return { offsets, items };
}

/**
 * The rows of the given users under their original numbers; the other users have no items.
 * @param users distinct, ascending
 */
export function keepUsers(interactions: Interactions, users: Int32Array): Interactions {
  const offsets = new Int32Array(interactions.offsets.length);
  for (const user of users) offsets[user + 1] = itemsOf(interactions, user).length;
  for (let user = 1; user < offsets.length; user++) offsets[user]! += offsets[user - 1]!;
  return { offsets, items: ofUsers(interactions, users).items };
}

/** Merges several splits of the same users: each user's items in the order of the splits. An item in two splits occurs twice. */
export function mergeInteractions(splits: readonly Interactions[], userCount: number): Interactions {
  const offsets = new Int32Array(userCount + 1);
  const items = new Int32Array(splits.reduce((total, split) => total + split.items.length, 0));
  let at = 0;
  for (let user = 0; user < userCount; user++) {
    for (const split of splits) {
      const had = itemsOf(split, user);
      items.set(had, at);
      at += had.length;
    }
    offsets[user + 1] = at;
  }
  return { offsets, items };
}

/** `[itemCount]`: the number of interactions of each item, its popularity. */
export function countByItem({ items }: Pick<Interactions, 'items'>, itemCount: number): Int32Array {
  const counts = new Int32Array(itemCount);
  for (const item of items) counts[item]!++;
  return counts;
}

/** The transpose: `itemsOf(byItem(interactions, itemCount), item)` returns the users of an item, ascending. */
export function byItem(interactions: Interactions, itemCount: number): Interactions {
  const offsets = new Int32Array(itemCount + 1);
  offsets.set(countByItem(interactions, itemCount), 1);
  for (let item = 0; item < itemCount; item++) offsets[item + 1]! += offsets[item]!;
  const users = new Int32Array(interactions.items.length);
  const next = offsets.slice();
  for (let user = 0; user < userCountOf(interactions); user++)
    for (const item of itemsOf(interactions, user)) users[next[item]!++] = user;
  return { offsets, items: users };
}
