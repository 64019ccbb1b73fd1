/**
 * Named bytes that several machines share. A name is a path of letters, digits, dots, hyphens and underscores with slashes between.
 * Whoever reads finds a blob whole or not at all.
 */
export interface BlobStore {
  /** Where it is, for people. */
  readonly place: string;
  /** Replaces what was there. @throws BalancedRecError `store/unusable` */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** @throws BalancedRecError `store/unusable` */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Does nothing where there is none. @throws BalancedRecError `store/unusable` */
  remove(name: string): Promise<void>;
}
