import { BalancedRecError } from '@balanced-rec/errors';

/** Returns the BalancedRecError that `act` throws. Anything else fails the test. */
export async function thrownBy(act: () => unknown): Promise<BalancedRecError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof BalancedRecError) return error;
    throw error;
  }
  throw new Error('expected a BalancedRecError, but nothing was thrown');
}
