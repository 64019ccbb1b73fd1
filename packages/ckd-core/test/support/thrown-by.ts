import { BalancedRecError } from '@balanced-rec/errors';
import { expect } from 'vitest';

/** The error that `run` throws, which must be of that code. */
export function thrownBy(run: () => unknown, code: string): BalancedRecError {
  try {
    run();
  } catch (error) {
    return checked(error, code);
  }
  return expect.fail(`expected ${code}, and nothing was thrown`);
}

/** The error that a promise is rejected with, which must be of that code. */
export async function rejectionOf(promise: Promise<unknown>, code: string): Promise<BalancedRecError> {
  return promise.then(
    () => expect.fail(`expected ${code}, and the promise was fulfilled`),
    (error) => checked(error, code),
  );
}

function checked(error: unknown, code: string): BalancedRecError {
  if (!(error instanceof BalancedRecError)) throw error;
  expect(error.code, error.message).toBe(code);
  return error;
}
