import { BalancedRecError } from '@balanced-rec/errors';
import { engineFolder, type TensorFlowEngine } from '../tensorflow-library/engine-cache.js';
import { TOLERANCE } from './compare-with-plain.js';
import { inspectEngine } from './inspect-engine.js';
import { lastLines } from './run-program.js';

/**
 * Computes with an engine in a process of its own.
 * @returns what was compared, and how exact it was
 * @throws BalancedRecError `provisioning/verification-failed`, where the engine does not load or does not compute what it should
 */
export async function verifyEngine(engine: TensorFlowEngine): Promise<string> {
  const result = await inspectEngine(engine);
  const wrong = result.ready ? result.comparisons.filter(({ error }) => !(error <= TOLERANCE)) : [];
  if (result.ready && wrong.length === 0) return result.comparisons.map(describe).join(', ');
  throw new BalancedRecError({
    code: 'provisioning/verification-failed',
    message: `the engine '${engine}' is in place, but does not work${result.stderr ? `\n${lastLines(result.stderr)}` : ''}`,
    place: engineFolder(engine),
    expected: `an engine that agrees with plain JavaScript to ${TOLERANCE}`,
    found: result.ready ? wrong.map(describe).join(', ') : result.why,
    remedy: (!result.ready && result.remedy) || `npx balanced-rec engine remove ${engine}, and provision it again`,
  });
}

function describe({ name, error }: { name: string; error: number }): string {
  return `${name} ${error.toExponential(1)}`;
}
