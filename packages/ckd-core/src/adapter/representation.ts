import { gatherRows, rowDot, sumOfSquares } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { StepScope } from './step-scope.js';

/** Triples (user, positive item, negative item) of equal length; in a batch of pairs "negative" is just the second item. */
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
  /** The sum of squares over the rows that the triples name, each as often as named: what an L2 regulariser needs. */
  squares(triples: Triples): tf.Scalar;
}

/**
 * A view held as whole tables, as a graph backbone computes it.
 * @param key names the view within the scope, so that its rows and margins are computed once
 */
export function tableRepresentation(
  key: string,
  tables: { readonly users: () => tf.Tensor2D; readonly items: () => tf.Tensor2D },
  scope: StepScope,
): Representation {
  const rows = (side: 'users' | 'items', ids?: Int32Array): tf.Tensor2D =>
    ids ? scope.onceFor(`${key}/${side}`, ids, () => gatherRows(tables[side](), ids)) : tables[side]();
  return representationFromRows(
    key,
    (ids) => rows('users', ids),
    (ids) => rows('items', ids),
    scope,
  );
}

/** A part of a late-fusion representation: its rows stand beside those of the other branches. */
export interface Branch {
  /** Names the branch and how it is intervened on, within the scope. */
  readonly key: string;
  users(ids?: Int32Array): tf.Tensor2D;
  items(ids?: Int32Array): tf.Tensor2D;
  /** Every item has the same row (a mean-imputed branch), so the branch cancels in every margin and costs nothing there. */
  readonly constantOverItems: boolean;
}

/** Concatenates branches; their margins add up, and a branch's margins are shared by all the views that it is in. */
export function lateFusion(branches: readonly Branch[], scope: StepScope): Representation {
  const concatenate = (parts: tf.Tensor2D[]): tf.Tensor2D => (parts.length === 1 ? parts[0]! : tf.concat(parts, 1));
  const rows = (side: 'users' | 'items', ids?: Int32Array): tf.Tensor2D =>
    concatenate(
      branches.map((branch) =>
        ids ? scope.onceFor(`${branch.key}/${side}`, ids, () => branch[side](ids)) : branch[side](),
      ),
    );
  const branchRows = (branch: Branch): Representation =>
    representationFromRows(
      branch.key,
      (ids) => scope.onceFor(`${branch.key}/users`, ids!, () => branch.users(ids)),
      (ids) => scope.onceFor(`${branch.key}/items`, ids!, () => branch.items(ids)),
      scope,
    );
  return {
    users: (ids) => rows('users', ids),
    items: (ids) => rows('items', ids),
    margins: (triples) => {
      const moving = branches.filter((branch) => !branch.constantOverItems);
      return moving.length === 0
        ? tf.zeros([triples.users.length])
        : tf.addN(moving.map((branch) => branchRows(branch).margins(triples)));
    },
    squares: (triples) => tf.addN(branches.map((branch) => branchRows(branch).squares(triples))),
  };
}

function representationFromRows(
  key: string,
  users: (ids?: Int32Array) => tf.Tensor2D,
  items: (ids?: Int32Array) => tf.Tensor2D,
  scope: StepScope,
): Representation {
  return {
    users,
    items,
    margins: (triples) =>
      scope.onceFor(`${key}/margins`, triples, () =>
        rowDot(users(triples.users), tf.sub(items(triples.positives), items(triples.negatives))),
      ),
    squares: ({ users: u, positives, negatives }) =>
      tf.addN([users(u), items(positives), items(negatives)].map((rows) => sumOfSquares(rows))),
  };
}
