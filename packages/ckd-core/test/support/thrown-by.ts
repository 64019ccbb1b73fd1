import { BalancedRecError } from '@balanced-rec/errors';
import { expect } from 'vitest';

/** Returns the error that `run` throws, which must have the given code. */
export function thrownBy(run: () => unknown, code: string): BalancedRecError {
  try {
    run();
  } catch (error) {
    return checked(error, code);
  }
  return expect.fail(`expected ${code}, but nothing was thrown`);
}

/** Returns the error that a promise rejects with, which must have the given code. */
export async function rejectionOf(promise: Promise<unknown>, code: string): Promise<BalancedRecError> {
  return promise.then(
    () => expect.fail(`expected ${code}, but the promise was fulfilled`),
    (error) => checked(error, code),
  );
}

function checked(error: unknown, code: string): BalancedRecError {
  if (!(error instanceof BalancedRecError)) throw error;
  expect(error.code, error.message).toBe(code);
  return error;
}
