import { BalancedRecError } from '@balanced-rec/errors';
import { type CompareOptions, type ComparisonListener, compare } from '@balanced-rec/eval';
import type { Reports } from '@balanced-rec/report';

/** What `compare` shows the user: everything a listener is told, and how the comparison ended. */
export interface ComparisonView extends ComparisonListener {
  /** A run that could not start because another one failed. */
  blocked(id: string, by: string): void;
  reports(reports: Reports): void;
  /** No run is in progress any more. */
  ended?(): void;
  /** The comparison as a whole failed. */
  error?(error: unknown): void;
}

/**
 * Runs a comparison and shows it from plan to end.
 *
 * @param optionsOf called here, so that the view is told about bad options too
 * @throws BalancedRecError `comparison/failed-runs`, and what `optionsOf` and `compare` throw
 */
export async function showComparison(
  view: ComparisonView,
  optionsOf: () => Promise<Omit<CompareOptions, 'listener'>>,
): Promise<void> {
  try {
    const options = await optionsOf();
    const { outcomes, reports } = await compare({ ...options, listener: view }).finally(() => view.ended?.());
    const unfinished = [...outcomes].filter(([, outcome]) => outcome.status !== 'done');
    for (const [id, outcome] of unfinished) if (outcome.status === 'blocked') view.blocked(id, outcome.by);
    if (reports) view.reports(reports);
    if (unfinished.length > 0) throw failedRuns(unfinished.length, outcomes.size, options.out);
  } catch (error) {
    view.error?.(error);
    throw error;
  }
}

function failedRuns(count: number, total: number, folder: string): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/failed-runs',
    message: `${count} of ${total} runs did not finish`,
    place: folder,
    expected: 'every run to finish',
    found: 'the failures listed above',
    remedy: 'fix the cause and run the same command again; finished runs are kept',
  });
}
