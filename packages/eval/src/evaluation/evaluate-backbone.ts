import { type Backbone, type ObservedSet, type Representation, StepScope } from '@balanced-rec/ckd-core/backbone';
import { BalancedRecError } from '@balanced-rec/errors';
import { hasItems, type Interactions, ofUsers, userCountOf } from '@balanced-rec/interactions';
import { gatherRows, topKOfProduct } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { RankedLists } from '../metrics/hits.js';
import { type Measured, measure } from '../metrics/measure.js';
import type { MetricChoice } from '../metrics/metric-name.js';

/** The splits of a dataset that an evaluation reads. */
export interface EvaluationData {
  readonly itemCount: number;
  readonly train: Interactions;
}

/** How many users are ranked at a time. */
const USERS_PER_BLOCK = 1024;

/**
 * Evaluates a backbone's view on a split by full ranking: every item is a candidate except those the user has in training.
 * Skips users without items in the split and users without training items.
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

/** Like {@link evaluateBackbone}, but for a given view, and also returns the lists. Call it in an evaluation scope. */
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
    const blockUsers = gatherRows(userTable, block);
    const top = topKOfProduct({ users: blockUsers, items, k, excluded: ofUsers(train, block) });
    blockUsers.dispose();
    ids.set(top.ids, start * k);
  }
  return { users, k, ids };
}

/**
 * Compares list lengths with the number of items before anything is trained.
 * @throws BalancedRecError `metrics/cutoff-too-large`
 */
export function checkCutoffs(cutoffs: readonly number[], itemCount: number, dataset: string): void {
  const largest = Math.max(...cutoffs);
  if (largest <= itemCount) return;
  throw new BalancedRecError({
    code: 'metrics/cutoff-too-large',
    message: 'a list cannot be longer than the number of items',
    place: `dataset ${dataset}`,
    expected: `cutoffs of at most ${itemCount}`,
    found: String(largest),
    remedy: 'choose smaller cutoffs',
  });
}

/** The users that an evaluation ranks for: with an item in the split, and with training items. Ascending. */
export function evaluableUsers(train: Interactions, relevant: Interactions): Int32Array {
  return Int32Array.from({ length: userCountOf(relevant) }, (_, user) => user).filter(
    (user) => hasItems(train, user) && hasItems(relevant, user),
  );
}

/** Calls `use` with a scope for evaluating views. Its tensors are freed afterwards, so the result must not hold any. */
export function inEvaluationScope<T>(use: (scope: StepScope) => T): T {
  let result: { readonly value: T } | undefined;
  tf.tidy(() => {
    result = { value: use(new StepScope('evaluate')) };
  });
  return result!.value;
}
