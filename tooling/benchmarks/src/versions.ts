import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const recorded = ['@balanced-rec/ckd-core', '@balanced-rec/tfjs-kernels', '@tensorflow/tfjs-core'];

/** The versions a timing depends on: our packages, TensorFlow.js and Node.js. */
export function describeVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versions = recorded.map((name) => {
    const { version } = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8'));
    return [name, version] as const;
  });
  return { ...Object.fromEntries(versions), node: process.versions.node };
}
