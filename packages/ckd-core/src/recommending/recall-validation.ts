import { BalancedRecError } from '@balanced-rec/errors';
import { hasItems, type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';
import type { Backbone } from '../adapter/backbone.js';
import { rankingTables } from '../adapter/backbone.js';
import type { Validation } from '../training/epoch-record.js';
import { Recommender } from './recommender.js';

/** Options of {@link recallValidation}. */
export interface RecallOptions {
  /** The training interactions; items that a user has here are not recommended to that user. */
  readonly train: Interactions;
  /** The held-out interactions of the same users; users without any are not counted. */
  readonly heldOut: Interactions;
  /** The length of the lists. */
  readonly k: number;
}

/**
 * Model selection by Recall@k with full ranking: the mean over users of the share of their held-out items that appear in their list.
 * Use it as the `validate` option of `fit` and `trainTeacher`. For other metrics, use `@balanced-rec/eval`.
 * @throws BalancedRecError `validation/nothing-held-out`
 */
export function recallValidation({
  train,
  heldOut,
  k,
}: RecallOptions): (backbone: Backbone, observed?: readonly string[]) => Validation {
  const userCount = userCountOf(heldOut);
  const users = Array.from({ length: userCount }, (_, user) => user).filter((user) => hasItems(heldOut, user));
  if (users.length === 0) {
    throw new BalancedRecError({
      code: 'validation/nothing-held-out',
      message: 'model selection needs held-out items',
      place: 'heldOut',
      expected: 'at least one user with a held-out item',
      found: `${userCount} users without held-out items`,
      remedy: 'hold out some items of each user and remove them from train',
    });
  }
  return (backbone, observed = backbone.modalities) => {
    const recommender = new Recommender({ tables: rankingTables(backbone, observed), train });
    const lists = recommender.forUsers(users, { k });
    recommender.dispose();
    const recalls = lists.map(({ items }, at) => {
      const wanted = itemsOf(heldOut, users[at]!);
      return wanted.filter((item) => items.includes(item)).length / wanted.length;
    });
    const score = recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
    return { score, metrics: { [`recall@${k}`]: score } };
  };
}
