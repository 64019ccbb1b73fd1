import * as z from 'zod';
import type { ErrorDetails } from './balanced-rec-error.js';

/** The details of an error as JSON has them: all but its cause. */
export const errorDetailsSchema = z.object({
  /** Stable, for example `training/diverged`. */
  code: z.string(),
  message: z.string(),
  place: z.string().optional(),
  expected: z.string().optional(),
  found: z.string().optional(),
  remedy: z.string().optional(),
});

/**
 * An error as plain data.
 * @useDeclaredType
 */
export type PlainErrorDetails = z.output<typeof errorDetailsSchema>;

/** The details without the cause, which is no plain data and may hold what only this process should know. */
export function plainErrorDetails({ cause: _, ...details }: ErrorDetails): PlainErrorDetails {
  return details;
}
