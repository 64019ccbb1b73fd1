import * as z from 'zod';
import type { ErrorDetails } from './balanced-rec-error.js';

/** An error's details in JSON: everything except the cause. */
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

/** The details without the cause, which is not plain data and may contain information that should not leave this process. */
export function plainErrorDetails({ cause: _, ...details }: ErrorDetails): PlainErrorDetails {
  return details;
}
