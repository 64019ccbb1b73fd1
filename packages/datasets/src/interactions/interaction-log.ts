/** The largest id that a reader accepts: one less than 2^31 - 1, so that `id + 1` still fits Int32. */
export const LARGEST_ID = 2 ** 31 - 2;

/** Interactions as they are read, in file order and with their lines: four growing columns, never an object per interaction. */
export class InteractionLog {
  count = 0;
  users: Int32Array;
  items: Int32Array;
  /** Positions in `SPLITS`. */
  splits: Uint8Array;
  /** The line (1-based) that each interaction was read from. */
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

function enlarged<T extends Int32Array | Uint8Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
