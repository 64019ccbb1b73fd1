import type { ComparisonListener } from '@balanced-rec/eval';
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
