import { hasItems, itemsOf } from '@balanced-rec/interactions';
import type { DatasetContent, Finding } from '../dataset/dataset.js';
import { LIST_LENGTH } from '../diagnosis/probe/recall.js';
import { countOf } from '../problems/wording.js';

/** Finds out whether lists of 20 items can tell models apart, as training and `check` measure them. Counts may be 0. */
export function findFewItems({ itemCount, train, validation, test, userCount }: DatasetContent): Finding[] {
  if (itemCount < LIST_LENGTH) return [tooFew(itemCount)];
  let evaluated = 0;
  let withoutChoice = 0;
  for (let user = 0; user < userCount; user++) {
    if (!hasItems(train, user) || !(hasItems(validation, user) || hasItems(test, user))) continue;
    evaluated++;
    if (itemCount - itemsOf(train, user).length <= LIST_LENGTH) withoutChoice++;
  }
  if (withoutChoice === 0) return [];
  const users = countOf(evaluated, 'evaluated user');
  return [
    {
      code: 'users/few-candidates',
      severity: 2 * withoutChoice > evaluated ? 'warning' : 'note',
      message: `${withoutChoice} of ${users} with at most ${LIST_LENGTH} items to rank; their Recall@${LIST_LENGTH} is 1 for every model`,
      count: withoutChoice,
    },
  ];
}

function tooFew(itemCount: number): Finding {
  return {
    code: 'items/too-few',
    severity: 'warning',
    message: `${countOf(itemCount, 'item')} only; models are selected by Recall@${LIST_LENGTH}, so training needs at least ${LIST_LENGTH} items`,
    count: itemCount,
  };
}
