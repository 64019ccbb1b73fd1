import type { Interactions } from '@balanced-rec/ckd-core';
import type { Backbone, ObservedSet, Representation } from '@balanced-rec/ckd-core/backbone';
import { BalancedRecError } from '@balanced-rec/errors';
import { gatherRows, topKOfProduct } from '@balanced-rec/tfjs-kernels';
import { type Measured, measure } from '../metrics/measure.js';
import type { MetricName } from '../metrics/metric-name.js';
import type { RankedLists } from '../metrics/ranked-lists.js';
import { inEvaluationScope } from './evaluation-scope.js';

/** Which metrics at which list lengths. */
export interface MetricChoice {
  readonly metrics: readonly MetricName[];
  readonly cutoffs: readonly number[];
}

/** The splits of a dataset that an evaluation reads. */
export interface EvaluationData {
  readonly itemCount: number;
  readonly train: Interactions;
}

/** How many users are ranked at a time. */
const USERS_PER_BLOCK = 1024;

/**
 * Full ranking of a backbone's view on a split: every item is a candidate but those the user has in training.
 * Users without an item in the split, and users without training items, are left out.
 */
export function evaluateBackbone(
  backbone: Backbone,
  observed: ObservedSet,
  data: EvaluationData,
  relevant: Interactions,
  choice: MetricChoice,
): Measured {
  return inEvaluationScope(
    (scope) => measureView(backbone.represent(observed, scope), data, relevant, choice).measured,
  );
}

/** As {@link evaluateBackbone} for a view of some scope, with the lists that were measured. Call it in an evaluation scope. */
export function measureView(
  view: Representation,
  data: EvaluationData,
  relevant: Interactions,
  { metrics, cutoffs }: MetricChoice,
): { readonly lists: RankedLists; readonly measured: Measured } {
  const users = evaluableUsers(data.train, relevant);
  const lists = rankItems(view, data, users, Math.max(...cutoffs));
  return { lists, measured: measure({ lists, relevant, metrics: [...metrics], cutoffs: [...cutoffs] }) };
}

/** Each user's `k` best items under a view, training items excluded; ties by lower item index. Call it in an evaluation scope. */
export function rankItems(view: Representation, { train }: EvaluationData, users: Int32Array, k: number): RankedLists {
  const ids = new Int32Array(users.length * k);
  const [userTable, items] = [view.users(), view.items()];
  for (let start = 0; start < users.length; start += USERS_PER_BLOCK) {
    const block = users.subarray(start, start + USERS_PER_BLOCK);
    const excluded = rowsOf(train, block);
    const blockUsers = gatherRows(userTable, block);
    const top = topKOfProduct({ users: blockUsers, items, k, excluded });
    blockUsers.dispose();
    ids.set(top.ids, start * k);
  }
  return { users, k, ids };
}

/**
 * Checks list lengths against the number of items before anything is trained.
 * @throws BalancedRecError `metrics/cutoff-too-large`
 */
export function checkCutoffs(cutoffs: readonly number[], itemCount: number, dataset: string): void {
  const largest = Math.max(...cutoffs);
  if (largest <= itemCount) return;
  throw new BalancedRecError({
    code: 'metrics/cutoff-too-large',
    message: 'a list cannot be longer than there are items',
    place: `dataset ${dataset}`,
    expected: `cutoffs of at most ${itemCount}`,
    found: String(largest),
    remedy: 'choose smaller cutoffs; model selection itself takes recall@20',
  });
}

/** The users that an evaluation ranks for: with an item in the split, and with training items. Ascending. */
export function evaluableUsers(train: Interactions, relevant: Interactions): Int32Array {
  const has = ({ offsets }: Interactions, user: number) => offsets[user + 1]! > offsets[user]!;
  return Int32Array.from({ length: relevant.offsets.length - 1 }, (_, user) => user).filter(
    (user) => has(train, user) && has(relevant, user),
  );
}

function rowsOf({ offsets, items }: Interactions, users: Int32Array): { offsets: Int32Array; ids: Int32Array } {
  const blockOffsets = new Int32Array(users.length + 1);
  for (const [row, user] of users.entries()) {
    blockOffsets[row + 1] = blockOffsets[row]! + offsets[user + 1]! - offsets[user]!;
  }
  const ids = new Int32Array(blockOffsets.at(-1)!);
  for (const [row, user] of users.entries())
    ids.set(items.subarray(offsets[user], offsets[user + 1]), blockOffsets[row]);
  return { offsets: blockOffsets, ids };
}
