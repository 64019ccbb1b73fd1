import { fork } from 'node:child_process';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '../engine/engine.js';
import { engineFolder, type TensorFlowEngine } from '../tensorflow-library/engine-cache.js';
import { packageFolder } from './build-targets.js';
import { type Comparison, TOLERANCE } from './compare-with-plain.js';
import { lastLines } from './run-program.js';

/** The result of loading and running an engine in a separate process. */
export type EngineCheck =
  | {
      readonly ready: true;
      /** TF.js's version. */
      readonly version: string;
      /** TensorFlow's version, for engines that run on it. */
      readonly tensorflow?: string | undefined;
      /** The addons that the process has loaded: TF.js's binding and ours. */
      readonly addons: readonly string[];
      readonly comparisons: readonly Comparison[];
    }
  | { readonly ready: false; readonly why: string; readonly remedy: string };

/** An engine check plus what its process printed; an engine that works prints nothing. */
export type EngineInspection = EngineCheck & { readonly stderr: string };

/**
 * Loads an engine in a separate process and computes with it, so that neither its output nor a crash affects this process.
 * Does not throw if the engine cannot be loaded or crashes.
 */
export function inspectEngine(name: EngineName): Promise<EngineInspection> {
  return new Promise((resolve) => {
    const child = fork(checkEngineFile(), [name], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    let [stderr, answer]: [string, EngineCheck | undefined] = ['', undefined];
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
    child.once('message', (message: EngineCheck) => {
      answer = message;
    });
    child.once('error', (error) => resolve({ ready: false, why: error.message, remedy: '', stderr }));
    child.once('close', (code, signal) => {
      const why = `its process ended: ${[signal ?? `exit code ${code}`, lastLines(stderr, 1)].filter(Boolean).join(', ')}`;
      resolve({ ...(answer ?? { ready: false, why, remedy: '' }), stderr });
    });
  });
}

/**
 * Computes with an engine in a separate process and checks the results.
 * @returns what was compared and how accurate it was
 * @throws BalancedRecError `provisioning/verification-failed` if the engine does not load or gives wrong results
 */
export async function verifyEngine(engine: TensorFlowEngine): Promise<string> {
  const result = await inspectEngine(engine);
  const wrong = result.ready ? result.comparisons.filter(({ error }) => !(error <= TOLERANCE)) : [];
  if (result.ready && wrong.length === 0) return result.comparisons.map(describe).join(', ');
  throw new BalancedRecError({
    code: 'provisioning/verification-failed',
    message: `the engine '${engine}' is installed but does not work${result.stderr ? `\n${lastLines(result.stderr)}` : ''}`,
    place: engineFolder(engine),
    expected: `an engine that agrees with plain JavaScript to ${TOLERANCE}`,
    found: result.ready ? wrong.map(describe).join(', ') : result.why,
    remedy: (!result.ready && result.remedy) || `run npx balanced-rec engine remove ${engine}, then install it again`,
  });
}

function describe({ name, error }: { name: string; error: number }): string {
  return `${name} ${error.toExponential(1)}`;
}

/** The module that the separate process runs, from this package's sources or its build. */
function checkEngineFile(): string {
  const isSource = import.meta.url.endsWith('.ts');
  return join(packageFolder(), isSource ? 'src/provisioning/check-engine.ts' : 'dist/provisioning/check-engine.js');
}
