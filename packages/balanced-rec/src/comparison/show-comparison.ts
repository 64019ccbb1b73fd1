import { BalancedRecError } from '@balanced-rec/errors';
import { type CompareOptions, type ComparisonListener, compare } from '@balanced-rec/eval';
import type { Reports } from '@balanced-rec/report';

/** What a user of `compare` is shown: all that a listener hears, and how it ended. */
export interface ComparisonView extends ComparisonListener {
  /** A run that could not be done, because another failed. */
  blocked(id: string, by: string): void;
  reports(reports: Reports): void;
  /** Nothing is under way any more. */
  ended?(): void;
  /** The whole comparison did not end well. */
  error?(error: unknown): void;
}

/**
 * Runs a comparison and shows it from its plan to its end.
 *
 * @param optionsOf asked here, so that the view hears of bad options too
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
    expected: 'every run done',
    found: 'the failures listed above',
    remedy: 'mend their cause and run the same command again; finished runs are kept',
  });
}
