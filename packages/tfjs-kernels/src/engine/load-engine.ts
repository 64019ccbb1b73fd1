import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { version_core } from '@tensorflow/tfjs-core';
import { registerGradients } from '../ops/gradients.js';
import { type Engine, type EngineName, type EngineOptions, engineNames, type UnavailableEngine } from './engine.js';
import { remedyFor, starters } from './starters.js';

/**
 * Loads an engine, makes it TF.js's active backend and registers our kernels for it. 'auto' uses the first of gpu, native, wasm and
 * cpu that loads. Calling it again with a different name switches engines; with the same name it has no effect.
 *
 * @throws BalancedRecError `engine/unavailable` if the engine cannot be loaded, or with 'auto' if none can; `engine/unknown` if there is
 * no such engine.
 */
export async function loadEngine(name: EngineName | 'auto', options: EngineOptions = {}): Promise<Engine> {
  if (name !== 'auto' && !engineNames.includes(name)) throw unknown(name);
  // Registers the gradients of TF.js's own kernels. Only bundlers can import the tfjs-core file that does this. In Node.js it comes from
  // a package that bundles the file.
  await import('#tfjs-gradients');
  registerGradients();
  const unavailable: UnavailableEngine[] = [];
  for (const candidate of name === 'auto' ? engineNames : [name]) {
    try {
      const backend = await starters[candidate](options);
      return { name: candidate, backend, version: version_core, reason: reasonFor(name), unavailable };
    } catch (cause) {
      const why = explain(cause);
      const own = cause instanceof BalancedRecError ? cause.details.remedy : undefined;
      const remedy = own ?? remedyFor(candidate, options);
      if (name !== 'auto') throw missing(`the engine '${name}' could not be loaded: ${why}`, remedy, cause);
      unavailable.push({ name: candidate, why, remedy });
    }
  }
  const reasons = unavailable.map((engine) => `${engine.name}: ${engine.why}`).join('; ');
  throw missing(`no engine could be loaded (${reasons})`, remedyFor('cpu', options), undefined);
}

/**
 * Loads an engine if possible.
 * @returns in one line why the engine could not be loaded; undefined if it is now the active engine
 */
export async function tryEngine(name: EngineName): Promise<string | undefined> {
  try {
    await loadEngine(name);
    return undefined;
  } catch (error) {
    if (error instanceof BalancedRecError && error.code === 'engine/unavailable') return error.message.split('\n')[0]!;
    throw error;
  }
}

function reasonFor(asked: EngineName | 'auto'): string {
  return asked === 'auto' ? `the first of ${engineNames.join(', ')} that loads` : 'requested by name';
}

/** The first line of the error. */
function explain(cause: unknown): string {
  if (cause instanceof BalancedRecError) return cause.details.message;
  const { message } = cause as { message?: string };
  return String(message ?? cause).split('\n')[0]!;
}

function missing(message: string, remedy: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'engine/unavailable',
    message,
    remedy,
    ...(cause === undefined ? {} : { cause }),
  });
}

function unknown(name: string): BalancedRecError {
  const near = nearestName(name, [...engineNames, 'auto']);
  return new BalancedRecError({
    code: 'engine/unknown',
    message: `there is no engine '${name}'`,
    expected: [...engineNames, 'auto'].join(', '),
    found: name,
    ...(near === undefined ? {} : { remedy: `did you mean '${near}'?` }),
  });
}
