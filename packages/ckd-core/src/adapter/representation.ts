import { squaresOfRows, tripleMargins } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { copyRows, type RowSource, rowsOfTable } from './row-source.js';
import type { StepScope } from './step-scope.js';

/** Triples (user, positive item, negative item) as arrays of equal length; in a batch of pairs "negative" is just the second item. */
export interface Triples {
  readonly users: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

/** Users and items as one view sees them. The score of a user and an item is the dot product of their rows. */
export interface Representation {
  /** `[ids.length, D]`, or `[userCount, D]` without ids. */
  users(ids?: Int32Array): tf.Tensor2D;
  /** `[ids.length, D]`, or `[itemCount, D]` without ids. */
  items(ids?: Int32Array): tf.Tensor2D;
  /** `score(user, positive) - score(user, negative)` for each triple: `[triples]`. */
  margins(triples: Triples): tf.Tensor1D;
  /** The sum of squares over the rows in the triples, counting repeated rows each time: what an L2 regulariser needs. */
  squares(triples: Triples): tf.Scalar;
}

/**
 * A view given as whole tables, as a graph backbone computes it.
 * @param key identifies the view within the scope, so that its margins are computed once
 */
export function tableRepresentation(
  key: string,
  tables: { readonly users: () => tf.Tensor2D; readonly items: () => tf.Tensor2D },
  scope: StepScope,
): Representation {
  return lateFusion(
    [{ key, users: rowsOfTable(tables.users), items: rowsOfTable(tables.items), constantOverItems: false }],
    scope,
  );
}

/** One part of a late-fusion representation; its rows are concatenated with those of the other branches. */
export interface Branch {
  /** Identifies the branch and its intervention within the scope. */
  readonly key: string;
  readonly users: RowSource;
  readonly items: RowSource;
  /** Every item has the same row (a mean-imputed branch), so the branch cancels in every margin and costs nothing there. */
  readonly constantOverItems: boolean;
}

/** Concatenates branches. Their margins add up, and all views that contain a branch share its margins. */
export function lateFusion(branches: readonly Branch[], scope: StepScope): Representation {
  const rows = (side: 'users' | 'items', ids?: Int32Array): tf.Tensor2D => {
    const parts = branches.map(({ [side]: source }) => (ids ? copyRows(source, ids) : source.whole()));
    return parts.length === 1 ? parts[0]! : (tf.concat(parts, 1) as tf.Tensor2D);
  };
  return {
    users: (ids) => rows('users', ids),
    items: (ids) => rows('items', ids),
    margins: (triples) => {
      const moving = branches.filter((branch) => !branch.constantOverItems);
      return moving.length === 0
        ? tf.zeros([triples.users.length])
        : tf.addN(moving.map((branch) => branchMargins(branch, triples, scope)));
    },
    squares: (triples) => tf.addN(branches.flatMap((branch) => branchSquares(branch, triples, scope))),
  };
}

/** A branch's rows for a batch, looked up once however many values use them. */
function rowsOfBatch({ key, users, items }: Branch, triples: Triples, scope: StepScope) {
  return scope.onceFor(`${key}/rows`, triples, () => ({
    users: users.rowsOf([triples.users]),
    items: items.rowsOf([triples.positives, triples.negatives]),
  }));
}

function branchMargins(branch: Branch, triples: Triples, scope: StepScope): tf.Tensor1D {
  return scope.onceFor(`${branch.key}/margins`, triples, () => {
    const { users, items } = rowsOfBatch(branch, triples, scope);
    const [positives, negatives] = items.positions as [Int32Array, Int32Array];
    return tripleMargins(users.table, items.table, { users: users.positions[0]!, positives, negatives });
  });
}

function branchSquares(branch: Branch, triples: Triples, scope: StepScope): tf.Scalar[] {
  const { users, items } = rowsOfBatch(branch, triples, scope);
  return [users, items].map(({ table, positions }) => squaresOfRows(table, concatenate(positions)));
}

function concatenate(lists: readonly Int32Array[]): Int32Array {
  if (lists.length === 1) return lists[0]!;
  const all = new Int32Array(lists.reduce((total, { length }) => total + length, 0));
  lists.reduce((at, list) => {
    all.set(list, at);
    return at + list.length;
  }, 0);
  return all;
}
