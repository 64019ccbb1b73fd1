import { BalancedRecError } from '@balanced-rec/errors';
import { hasItems, type Interactions, itemsOf, userCountOf } from '@balanced-rec/interactions';
import type { Backbone } from '../adapter/backbone.js';
import { rankingTables } from '../adapter/backbone.js';
import type { Validation } from '../training/epoch-record.js';
import { Recommender } from './recommender.js';

/** What {@link recallValidation} measures with. */
export interface RecallOptions {
  /** What the model is trained on; no user is recommended what stands there. */
  readonly train: Interactions;
  /** What was held out, for the same users; those without any are not counted. */
  readonly heldOut: Interactions;
  /** The length of the lists. */
  readonly k: number;
}

/**
 * Model selection by Recall@k over all items, the mean over users of the share of their held-out items that their list has: the
 * `validate` of `fit` and `trainTeacher` where nothing else is to be measured. `@balanced-rec/eval` has the other metrics.
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
      message: 'there is nothing to select a model by',
      place: 'heldOut',
      expected: 'a user with an item that is held out',
      found: `${userCount} users without any`,
      remedy: 'hold out some items of each user, and leave them out of train',
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
