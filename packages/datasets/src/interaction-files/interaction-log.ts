import type { Interactions } from '@balanced-rec/interactions';

/** Interactions in file order, with their line numbers: four growing columns instead of an object per interaction. */
export class InteractionLog {
  count = 0;
  users: Int32Array;
  items: Int32Array;
  /** The positions of the splits in `SPLITS`. */
  splits: Uint8Array;
  /** The line (1-based) from which each interaction was read. */
  lines: Int32Array;

  constructor(capacity = 1024) {
    this.users = new Int32Array(capacity);
    this.items = new Int32Array(capacity);
    this.splits = new Uint8Array(capacity);
    this.lines = new Int32Array(capacity);
  }

  add(user: number, item: number, split: number, line: number): void {
    if (this.count === this.users.length) this.#grow();
    this.users[this.count] = user;
    this.items[this.count] = item;
    this.splits[this.count] = split;
    this.lines[this.count] = line;
    this.count++;
  }

  #grow(): void {
    const capacity = Math.max(1024, this.users.length * 2);
    this.users = enlarged(this.users, new Int32Array(capacity));
    this.items = enlarged(this.items, new Int32Array(capacity));
    this.splits = enlarged(this.splits, new Uint8Array(capacity));
    this.lines = enlarged(this.lines, new Int32Array(capacity));
  }
}

/** Compiles one split of a log to CSR, and counts the repeated user-item pairs that were dropped. */
export function compileSplit(
  log: InteractionLog,
  split: number,
  userCount: number,
): { interactions: Interactions; duplicates: number } {
  const offsets = countByUser(log, split, userCount);
  const items = groupByUser(log, split, offsets);
  sortWithinUsers(items, offsets);
  return mergeDuplicates(items, offsets);
}

function enlarged<T extends Int32Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}

function countByUser(log: InteractionLog, split: number, userCount: number): Int32Array {
  const offsets = new Int32Array(userCount + 1);
  for (let n = 0; n < log.count; n++) {
    if (log.splits[n] === split) offsets[log.users[n]! + 1]!++;
  }
  for (let user = 0; user < userCount; user++) offsets[user + 1]! += offsets[user]!;
  return offsets;
}

function groupByUser(log: InteractionLog, split: number, offsets: Int32Array): Int32Array {
  const items = new Int32Array(offsets[offsets.length - 1]!);
  const next = offsets.slice();
  for (let n = 0; n < log.count; n++) {
    if (log.splits[n] === split) items[next[log.users[n]!]!++] = log.items[n]!;
  }
  return items;
}

function sortWithinUsers(items: Int32Array, offsets: Int32Array): void {
  for (let user = 0; user + 1 < offsets.length; user++) {
    const start = offsets[user]!;
    const end = offsets[user + 1]!;
    // Files are often sorted already, and checking is cheaper than a sort call per user.
    if (!isAscending(items, start, end)) items.subarray(start, end).sort();
  }
}

function isAscending(items: Int32Array, start: number, end: number): boolean {
  for (let n = start + 1; n < end; n++) {
    if (items[n]! < items[n - 1]!) return false;
  }
  return true;
}

function mergeDuplicates(items: Int32Array, offsets: Int32Array): { interactions: Interactions; duplicates: number } {
  let kept = 0;
  let start = 0;
  for (let user = 0; user + 1 < offsets.length; user++) {
    const end = offsets[user + 1]!;
    for (let n = start; n < end; n++) {
      if (n === start || items[n] !== items[n - 1]) items[kept++] = items[n]!;
    }
    start = end;
    offsets[user + 1] = kept;
  }
  const duplicates = items.length - kept;
  return { interactions: { offsets, items: duplicates === 0 ? items : items.slice(0, kept) }, duplicates };
}
