import { BalancedRecError } from '@balanced-rec/errors';
import { type Interactions, itemsOf } from '@balanced-rec/interactions';
import { topKOfProduct } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { RankingTables } from '../adapter/backbone.js';
import { PopularityRanking, type RankedItems } from './popularity-ranking.js';
import { type TrainingTrace, trainingTrace } from './stored-recommender.js';

/**
 * What a recommendation is based on: the user's own row; without one, the given items; without either, popularity.
 */
export type Basis = 'user' | 'items' | 'popularity';

/** Items for one user and the basis of the ranking. Scores are only comparable within the same basis. */
export interface Recommendation extends RankedItems {
  readonly basis: Basis;
}

/** The tables to rank with, and the items that each user has seen. */
export interface RecommenderOptions {
  /** Users and items under the view that ranks, as returned by `rankingTables`. */
  readonly tables: RankingTables;
  /** The interactions that the model was trained on, or the trace of them that a saved model keeps. */
  readonly train: Interactions | TrainingTrace;
  /** The items to leave out for each user; by default the training interactions, or nothing if only the trace is known. */
  readonly seen?: Interactions | undefined;
}

/** How many items to recommend, and which to leave out. */
export interface RecommendOptions {
  /** The number of items; capped at the number of items in the model. */
  readonly k: number;
  /**
   * Items that the users are known to have from another source. They are never recommended, and users without training interactions
   * are scored from them.
   */
  readonly given?: readonly number[] | undefined;
  /** Further items to leave out. */
  readonly exclude?: readonly number[] | undefined;
}

/** The number of users ranked at a time. */
const USERS_PER_BLOCK = 1024;

/**
 * Recommends with a trained model's tables; nothing else of the backbone is needed. The engine must be loaded.
 *
 * Training never updates the row of a user without training interactions, so that row is replaced by the mean of the given items' rows.
 * Users and items share a space in which the dot product is the score, so this ranks items by their mean score with the given ones.
 * It is an approximation for every backbone. Without given items, items are ranked by popularity.
 */
export class Recommender {
  readonly userCount: number;
  readonly itemCount: number;
  readonly dimension: number;
  readonly #tables: RankingTables;
  readonly #trained: Int32Array;
  readonly #seen: Interactions;
  readonly #popularity: PopularityRanking;
  readonly #items: tf.Tensor2D;
  #directions: tf.Tensor2D | undefined;

  /** @throws BalancedRecError `recommender/not-finite` */
  constructor({ tables, train, seen }: RecommenderOptions) {
    for (const side of ['users', 'items'] as const) checkFinite(side, tables);
    this.dimension = tables.dimension;
    this.userCount = tables.users.length / tables.dimension;
    this.itemCount = tables.items.length / tables.dimension;
    this.#tables = tables;
    const { popularity, trained } = 'trained' in train ? train : trainingTrace(train, this.itemCount);
    this.#trained = trained;
    this.#seen = seen ?? ('trained' in train ? nothingSeen(this.userCount) : train);
    this.#popularity = new PopularityRanking(popularity);
    this.#items = tf.keep(tf.tensor2d(tables.items, [this.itemCount, this.dimension]));
  }

  /** The rows whose dot product is the score. */
  get tables(): RankingTables {
    return this.#tables;
  }

  /** Whether the user's row was trained. */
  isTrained(user: number): boolean {
    return this.#trained[user] === 1;
  }

  /** The items that are left out for each user. */
  get seen(): Interactions {
    return this.#seen;
  }

  /** The items that are left out for a user. */
  seenBy(user: number): Int32Array {
    return itemsOf(this.#seen, user);
  }

  /** Recommends items for several users. The caller must check that their ids are in range. */
  forUsers(users: ArrayLike<number>, options: RecommendOptions): Recommendation[] {
    const { given = [], exclude = [] } = options;
    const query = (user: number): Query => {
      const excluded = [...this.seenBy(user), ...given, ...exclude];
      if (this.isTrained(user)) return { basis: 'user', row: this.#row('users', user), excluded };
      return { ...this.#fromItems(given), excluded };
    };
    return this.#answer(Array.from(users, query), options.k);
  }

  /** Recommends items for a user of whom only the `given` items are known. */
  forItems(options: RecommendOptions): Recommendation {
    const { given = [], exclude = [] } = options;
    return this.#answer([{ ...this.#fromItems(given), excluded: [...given, ...exclude] }], options.k)[0]!;
  }

  /** The items nearest to an item by the cosine of their rows, excluding the item itself. */
  similarItems(item: number, k: number): RankedItems {
    this.#directions ??= tf.tidy(() => tf.keep(unitRows(this.#items)));
    const row = tf.tidy(() => unitRows(tf.tensor2d(this.#row('items', item), [1, this.dimension])));
    const excluded = { offsets: Int32Array.of(0, 1), items: Int32Array.of(item) };
    const { ids, scores } = topKOfProduct({ users: row, items: this.#directions, k: this.#atMost(k), excluded });
    row.dispose();
    return trimmed(ids, scores);
  }

  /** Frees the engine's copy of the items. */
  dispose(): void {
    this.#items.dispose();
    this.#directions?.dispose();
  }

  #fromItems(given: readonly number[]): Pick<Query, 'basis' | 'row'> {
    if (given.length === 0) return { basis: 'popularity' };
    const mean = new Float64Array(this.dimension);
    for (const item of given)
      this.#row('items', item).forEach((value, column) => {
        mean[column]! += value / given.length;
      });
    return { basis: 'items', row: Float32Array.from(mean) };
  }

  #answer(queries: readonly Query[], k: number): Recommendation[] {
    const scored = queries.filter((query) => query.row !== undefined);
    const answers: Recommendation[] = [];
    for (let start = 0; start < scored.length; start += USERS_PER_BLOCK)
      answers.push(...this.#rank(scored.slice(start, start + USERS_PER_BLOCK), this.#atMost(k)));
    const next = answers.values();
    return queries.map(({ row, excluded }) =>
      row ? next.next().value! : { basis: 'popularity', ...this.#popularity.top(k, excluded) },
    );
  }

  #rank(queries: readonly Query[], k: number): Recommendation[] {
    const rows = new Float32Array(queries.length * this.dimension);
    for (const [index, { row }] of queries.entries()) rows.set(row!, index * this.dimension);
    const users = tf.tensor2d(rows, [queries.length, this.dimension]);
    const { ids, scores } = topKOfProduct({ users, items: this.#items, k, excluded: excludedOf(queries) });
    users.dispose();
    return queries.map(({ basis }, index) => {
      const [from, to] = [index * k, index * k + k];
      return { basis, ...trimmed(ids.subarray(from, to), scores.subarray(from, to)) };
    });
  }

  #row(side: 'users' | 'items', number: number): Float32Array {
    return this.#tables[side].subarray(number * this.dimension, (number + 1) * this.dimension);
  }

  #atMost(k: number): number {
    return Math.min(k, this.itemCount);
  }
}

/** A user to rank items for; without a row, items are ranked by popularity. */
interface Query {
  readonly basis: Basis;
  readonly row?: Float32Array | undefined;
  readonly excluded: readonly number[];
}

function nothingSeen(userCount: number): Interactions {
  return { offsets: new Int32Array(userCount + 1), items: new Int32Array() };
}

function excludedOf(queries: readonly Query[]): Interactions {
  const offsets = new Int32Array(queries.length + 1);
  for (const [index, { excluded }] of queries.entries()) offsets[index + 1] = offsets[index]! + excluded.length;
  return { offsets, items: Int32Array.from(queries.flatMap(({ excluded }) => excluded)) };
}

/** Drops the slots that the kernel leaves empty if fewer than k items remain. */
function trimmed(ids: Int32Array, scores: Float32Array): RankedItems {
  const empty = ids.indexOf(-1);
  const count = empty < 0 ? ids.length : empty;
  return { items: ids.slice(0, count), scores: scores.slice(0, count) };
}

/** A row of zeros stays zero: nothing is similar to it. */
function unitRows(rows: tf.Tensor2D): tf.Tensor2D {
  return tf.divNoNan(rows, tf.norm(rows, 2, 1, true));
}

function checkFinite(side: 'users' | 'items', { [side]: values, dimension }: RankingTables): void {
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new BalancedRecError({
    code: 'recommender/not-finite',
    message: 'the model contains a value that is not finite',
    place: `${side}, row ${Math.floor(at / dimension)}`,
    expected: 'only finite numbers',
    found: String(values[at]),
    remedy: 'check the training curve for where it diverged, and train the model again',
  });
}
