import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '../engine/engine.js';
import { loadEngine } from '../engine/load-engine.js';
import { compareWithPlain } from './compare-with-plain.js';
import type { EngineCheck } from './inspect-engine.js';

/** The process that inspectEngine starts. */
async function check(name: EngineName): Promise<EngineCheck> {
  try {
    const { version } = await loadEngine(name);
    return { ready: true, version, comparisons: await compareWithPlain() };
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    const { message, remedy = '' } = error.details;
    return { ready: false, why: message, remedy };
  }
}

process.send!(await check(process.argv[2] as EngineName));
// The wasm backend may keep the process alive.
process.disconnect();
