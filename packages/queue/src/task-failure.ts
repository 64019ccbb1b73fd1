import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import * as z from 'zod';

const detailsSchema = z.object({
  code: z.string(),
  message: z.string(),
  place: z.string().optional(),
  expected: z.string().optional(),
  found: z.string().optional(),
  remedy: z.string().optional(),
});

/** An error as the queue keeps it: one text. */
export type FailureText = string;

/** The task's own error, which it would meet again: it is not tried a second time. */
export class TaskFailure extends Error {
  readonly details: ErrorDetails;

  constructor({ cause: _, ...details }: ErrorDetails) {
    super(details.message);
    this.details = details;
  }
}

export function failureText(details: ErrorDetails): FailureText {
  const { cause: _, ...plain } = details;
  return JSON.stringify(plain);
}

/** The error that a worker met; of what the queue itself says, its text. */
export function readFailure(text: FailureText): BalancedRecError {
  try {
    const details = detailsSchema.parse(JSON.parse(text));
    return new BalancedRecError(
      Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined)) as unknown as ErrorDetails,
    );
  } catch {
    return new BalancedRecError({
      code: 'queue/given-up',
      message: 'the queue gave this run up',
      expected: 'a worker that finishes it',
      found: text,
      remedy: 'see what its workers said, and give the same command again',
    });
  }
}
