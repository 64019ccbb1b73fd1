import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { errorDetailsSchema, type PlainErrorDetails, plainErrorDetails } from '@balanced-rec/errors/schema';

/** An error as the queue keeps it: one text. */
export type FailureText = string;

/** The task's own error, which it would meet again: it is not tried a second time. */
export class TaskFailure extends Error {
  readonly details: PlainErrorDetails;

  constructor(details: ErrorDetails) {
    super(details.message);
    this.details = plainErrorDetails(details);
  }
}

export function failureText(details: ErrorDetails): FailureText {
  return JSON.stringify(plainErrorDetails(details));
}

/** The error that a worker met; of what the queue itself says, its text. */
export function readFailure(text: FailureText): BalancedRecError {
  try {
    return new BalancedRecError(errorDetailsSchema.parse(JSON.parse(text)));
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
