/** Vectors that a user has brought, by item id. */
export interface VectorTable {
  readonly dimension: number;
  readonly vectors: ReadonlyMap<string, Float32Array>;
  /** Vectors for ids that are no item's. */
  readonly others: number;
}

/** Takes vectors in one by one, and keeps those of items. */
export interface VectorSink {
  /** @param id of the item; @param values its vector, of numbers; null and undefined count as none */
  add(id: string, values: unknown, place: string): void;
}
