/** The interactions of one split, compressed by user (CSR): no pair twice, items ascending in each user. */
export interface Interactions {
  /** `userCount + 1` numbers: the items of user `u` are `items[offsets[u]]` to `items[offsets[u + 1] - 1]`. */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

/** The items of one user, not copied. */
export function itemsOf({ offsets, items }: Interactions, user: number): Int32Array {
  return items.subarray(offsets[user], offsets[user + 1]);
}
