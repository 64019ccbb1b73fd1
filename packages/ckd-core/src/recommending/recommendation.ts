/**
 * What a recommendation rests on: the user's own row, the items that were given for want of one, or the items' popularity for
 * want of both.
 */
export type Basis = 'user' | 'items' | 'popularity';

/** Items for one user, best first, the lower number first among equals; fewer than asked for where fewer are left. */
export interface Recommendation {
  readonly basis: Basis;
  readonly items: Int32Array;
  /** Comparable within one basis alone. */
  readonly scores: Float32Array;
}
