import { BalancedRecError } from '@balanced-rec/errors';
import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';

/** An engine that everything is tested on, or why that is impossible here. */
export interface EngineHere {
  readonly name: EngineName;
  readonly missing?: string;
}

/** The engines that come with the packages, and native, which has to be provided. */
export const enginesHere: readonly EngineHere[] = [await find('native'), { name: 'wasm' }, { name: 'cpu' }];

async function find(name: EngineName): Promise<EngineHere> {
  try {
    await loadEngine(name);
    return { name };
  } catch (error) {
    if (error instanceof BalancedRecError && error.code === 'engine/unavailable')
      return { name, missing: error.message.split('\n')[0]! };
    throw error;
  }
}
