import { BalancedRecError } from '@balanced-rec/errors';
import { type Engine, type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';

/**
 * Loads the engine that the user named.
 * @param place where it was named, for the error
 * @throws BalancedRecError `engine/unknown`, `engine/unavailable`
 */
export async function startEngine(name: string, place: string): Promise<Engine> {
  try {
    return await loadEngine(name as EngineName | 'auto');
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    const { remedy, ...details } = error.details;
    throw new BalancedRecError({
      expected: 'an engine that loads on this machine',
      found: name,
      ...details,
      place,
      remedy: error.code === 'engine/unavailable' ? `${remedy}; or name another engine` : (remedy ?? 'see --help'),
    });
  }
}
