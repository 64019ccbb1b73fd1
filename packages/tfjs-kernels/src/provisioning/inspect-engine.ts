import { fork } from 'node:child_process';
import type { EngineName } from '../engine/engine.js';
import type { Comparison } from './compare-with-plain.js';
import { moduleFile } from './package-folder.js';
import { lastLines } from './run-program.js';

/** How an engine fares in a process of its own. */
export type EngineCheck =
  | {
      readonly ready: true;
      /** TF.js's version. */
      readonly version: string;
      /** TensorFlow's own, on the engines that run on it. */
      readonly tensorflow?: string;
      /** The addons that the process has loaded: TF.js's binding, ours. */
      readonly addons: readonly string[];
      readonly comparisons: readonly Comparison[];
    }
  | { readonly ready: false; readonly why: string; readonly remedy: string };

/** What an engine's process wrote on stderr as well; an engine that works writes nothing. */
export type EngineInspection = EngineCheck & { readonly stderr: string };

/**
 * Loads an engine in a process of its own and computes with it, so that neither its output nor its end touches this process.
 * Does not throw where the engine cannot be loaded or dies.
 */
export function inspectEngine(name: EngineName): Promise<EngineInspection> {
  return new Promise((resolve) => {
    const child = fork(moduleFile('provisioning/check-engine'), [name], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
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
