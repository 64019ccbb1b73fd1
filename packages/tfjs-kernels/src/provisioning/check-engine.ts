import { BalancedRecError } from '@balanced-rec/errors';
import { engine } from '@tensorflow/tfjs-core';
import type { EngineName } from '../engine/engine.js';
import { loadEngine } from '../engine/load-engine.js';
import { compareWithPlain } from './compare-with-plain.js';
import type { EngineCheck } from './inspect-engine.js';

/** Runs in the process that inspectEngine starts. */
async function check(name: EngineName): Promise<EngineCheck> {
  try {
    const { version } = await loadEngine(name);
    const comparisons = await compareWithPlain();
    const { binding } = engine().backend as { binding?: { TF_Version: string } };
    return { ready: true, version, tensorflow: binding?.TF_Version, addons: addons(), comparisons };
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    const { message, remedy = '', cause } = error.details;
    return { ready: false, why: cause instanceof BalancedRecError ? cause.details.message : message, remedy };
  }
}

/** The loaded addons as the system sees them, whoever loaded them. */
function addons(): string[] {
  const { sharedObjects } = process.report.getReport() as { sharedObjects: string[] };
  return sharedObjects.filter((file) => file.endsWith('.node'));
}

process.send!(await check(process.argv[2] as EngineName));
// The wasm backend may keep the process alive.
process.disconnect();
