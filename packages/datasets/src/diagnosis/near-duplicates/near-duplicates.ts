import { type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';
import { firstEqualInAll } from '../../features/equal-rows.js';
import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { closeAmong, closePairs, leastCosine } from './close-pairs.js';

/** One modality's features and the rows to leave out: rows that carry no information about their item prove no similarity. */
export interface ComparedFeatures {
  readonly matrix: FeatureMatrix;
  /** 1 for each row to leave out. */
  readonly unusable: Uint8Array;
}

/** Two nearly identical items. */
export interface NearDuplicatePair {
  readonly items: readonly [number, number];
  readonly cosine: number;
}

/**
 * Finds nearly identical items. Items with equal rows form a group, so that a placeholder shared by thousands of items does not
 * produce millions of pairs. Groups are then compared by their first item.
 */
export class NearDuplicates {
  /** The group of each item, identified by the group's first item; -1 for an item left out. */
  readonly #groupOf: Int32Array;
  readonly #sizes: Int32Array;
  /** The groups near each group, stored like the items of a user. */
  readonly #near: Interactions;
  readonly #matrices: readonly FeatureMatrix[];
  /** The expected share of all pairs that were found: below 1 only if there were too many to compare. */
  readonly recall: number;

  /**
   * @param features of one modality, or of several to find items nearly identical in all of them
   * @param candidates pairs of items that include all near-duplicates; if omitted, any pair may be one
   */
  constructor(
    features: readonly ComparedFeatures[],
    threshold: number,
    candidates?: Iterable<readonly [number, number]>,
  ) {
    this.#matrices = features.map(({ matrix }) => matrix);
    this.#groupOf = firstEqualInAll(this.#matrices).map((first, item) =>
      features.some(({ unusable }) => unusable[item]) ? -1 : first,
    );
    this.#sizes = new Int32Array(this.#groupOf.length);
    for (const group of this.#groupOf) if (group >= 0) this.#sizes[group]!++;
    const groups = Int32Array.from(this.#sizes.keys()).filter((group) => this.#sizes[group]! > 0);
    const { ones, others, recall } = candidates
      ? closeAmong(this.#matrices, this.#groupPairs(candidates), threshold)
      : closePairs(this.#matrices, groups, threshold);
    this.recall = recall;
    this.#near = adjacency(ones, others, this.#groupOf.length);
  }

  /** The number of pairs of nearly identical items. */
  countPairs(): number {
    let pairs = 0;
    for (const [group, size] of this.#sizes.entries()) {
      pairs += (size * (size - 1)) / 2;
      for (const other of this.#nearTo(group)) if (other > group) pairs += size * this.#sizes[other]!;
    }
    return pairs;
  }

  /** All pairs of nearly identical items. */
  *pairs(): Generator<[number, number]> {
    const members = new Map<number, number[]>();
    for (const [item, group] of this.#groupOf.entries()) {
      if (group >= 0) members.set(group, [...(members.get(group) ?? []), item]);
    }
    for (const [group, items] of members) {
      for (const [n, one] of items.entries()) for (const other of items.slice(n + 1)) yield [one, other];
      for (const near of this.#nearTo(group)) {
        if (near > group) for (const one of items) for (const other of members.get(near)!) yield [one, other];
      }
    }
  }

  /** The number of items with at least one near-duplicate. */
  countItems(): number {
    let items = 0;
    for (const [group, size] of this.#sizes.entries()) if (size > 1 || this.#nearTo(group).length > 0) items += size;
    return items;
  }

  /** The first pairs by item id, one per group of equal rows, each with its lowest cosine over the modalities. */
  examples(count: number): NearDuplicatePair[] {
    const pairs: [number, number][] = [];
    const hasExample = new Set<number>();
    for (const [item, group] of this.#groupOf.entries()) {
      if (pairs.length >= count) break;
      if (group >= 0 && group < item && !hasExample.has(group)) {
        hasExample.add(group);
        pairs.push([group, item]);
      }
      if (group === item) for (const other of this.#nearTo(group)) if (other > group) pairs.push([group, other]);
    }
    return pairs.slice(0, count).map((items) => ({ items, cosine: leastCosine(this.#matrices, ...items) }));
  }

  /**
   * Counts the interactions of `heldOut` with an item that its user does not have in `known`, while the user does have a
   * near-duplicate of it there.
   */
  countLeaks(known: Interactions, heldOut: Interactions): number {
    const userOf = new Int32Array(this.#groupOf.length).fill(-1);
    const userOfGroup = new Int32Array(this.#groupOf.length).fill(-1);
    let leaks = 0;
    for (let user = 0; user < userCountOf(known); user++) {
      for (const item of itemsOf(known, user)) {
        userOf[item] = user;
        if (this.#groupOf[item]! >= 0) userOfGroup[this.#groupOf[item]!] = user;
      }
      for (const item of itemsOf(heldOut, user)) {
        const group = this.#groupOf[item]!;
        if (group < 0 || userOf[item] === user) continue;
        if (userOfGroup[group] === user || this.#nearTo(group).some((other) => userOfGroup[other] === user)) leaks++;
      }
    }
    return leaks;
  }

  /** The group pairs behind some item pairs: each pair of groups once, the smaller first. */
  *#groupPairs(pairs: Iterable<readonly [number, number]>): Generator<[number, number]> {
    const seen = new Set<number>();
    for (const pair of pairs) {
      const [one, other] = pair.map((item) => this.#groupOf[item]!).sort((a, b) => a - b) as [number, number];
      const key = one * this.#groupOf.length + other;
      if (one < 0 || one === other || seen.has(key)) continue;
      seen.add(key);
      yield [one, other];
    }
  }

  #nearTo(group: number): Int32Array {
    return itemsOf(this.#near, group);
  }
}

function adjacency(ones: Int32Array, others: Int32Array, count: number): Interactions {
  const offsets = new Int32Array(count + 1);
  for (const group of [ones, others]) for (const one of group) offsets[one + 1]!++;
  for (let n = 0; n < count; n++) offsets[n + 1]! += offsets[n]!;
  const next = offsets.slice();
  const near = new Int32Array(2 * ones.length);
  for (let n = 0; n < ones.length; n++) {
    near[next[ones[n]!]!++] = others[n]!;
    near[next[others[n]!]!++] = ones[n]!;
  }
  return { offsets, items: near };
}
