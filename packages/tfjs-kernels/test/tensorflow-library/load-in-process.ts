import { getBackend } from '@tensorflow/tfjs-core';
import { loadEngine } from '../../src/index.ts';

/** Tries to load the engine that it is given, then cpu, and prints the error and the active backend as JSON. */
const engine = process.argv[2] as 'native' | 'gpu';
const { code, details } = await loadEngine(engine).then(
  () => ({ code: undefined, details: undefined }),
  (error) => error,
);
await loadEngine('cpu');
process.stdout.write(JSON.stringify({ code, details, backend: getBackend() }));
