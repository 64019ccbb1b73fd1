import type { ColumnPlan } from '../columns/plan-columns.js';
import type { Workspace } from '../duckdb/workspace.js';
import type { CompleteOptions } from '../options/prepare-options.js';
import { dropUntrainedUsers, splitInteractions } from '../splits/split-interactions.js';
import { keepCore, keepRatedAtLeast, mergeDuplicates } from './filter-interactions.js';
import { numberIds } from './number-ids.js';
import { type ItemFiles, keepDescribed } from './open-items.js';
import type { StepLog } from './step-log.js';

/**
 * Makes labelled `interactions` of `log`, step by step.
 *
 * @param described the items that `describedOnly` keeps
 * @throws BalancedRecError `prepare/nothing-left`
 */
export async function filterAndSplit(
  workspace: Workspace,
  steps: StepLog,
  { used, splitBy }: ColumnPlan,
  options: CompleteOptions,
  described: ItemFiles | undefined,
): Promise<void> {
  await numberIds(workspace, used);
  await steps.done('read');

  if (options.describedOnly && described !== undefined) {
    await keepDescribed(workspace, described);
    await steps.done('keep described items');
  }

  if (options.minRating !== undefined) {
    await keepRatedAtLeast(workspace, options.minRating);
    await steps.done(`keep ratings of at least ${options.minRating}`);
  }

  await mergeDuplicates(workspace, used);
  await steps.done('merge duplicates');

  const userCore = options.userCore ?? options.core ?? 1;
  const itemCore = options.itemCore ?? options.core ?? 1;
  if (userCore > 1 || itemCore > 1) {
    const rounds = await keepCore(workspace, userCore, itemCore);
    await steps.done(`keep users with at least ${userCore} and items with at least ${itemCore}`, { rounds });
  }

  await splitInteractions(workspace, splitBy, options);
  await steps.done(`split by ${splitBy}`);
  if (splitBy === 'global-time' && (await dropUntrainedUsers(workspace))) {
    await steps.done('leave out users without training');
  }
}
