import { BalancedRecError } from '@balanced-rec/errors';
import type { EventError } from './comparison-event.js';

/** An error as plain data; its cause and its trace stay behind. */
export function eventError(error: unknown): EventError {
  if (!(error instanceof BalancedRecError)) return { code: 'run/unexpected', message: String(error) };
  const { cause: _, ...details } = error.details;
  return details;
}
