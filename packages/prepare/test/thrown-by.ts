import { BalancedRecError } from '@balanced-rec/errors';

/** The BalancedRecError that `act` throws; anything else fails the test. */
export async function thrownBy(act: () => unknown): Promise<BalancedRecError> {
  try {
    await act();
  } catch (error) {
    if (error instanceof BalancedRecError) return error;
    throw error;
  }
  throw new Error('expected a BalancedRecError, but nothing was thrown');
}
