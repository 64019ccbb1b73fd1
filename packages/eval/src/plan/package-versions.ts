import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const recorded = [
  '@balanced-rec/ckd-core/package.json',
  '@balanced-rec/tfjs-kernels/package.json',
  '@balanced-rec/datasets/package.json',
  '@balanced-rec/eval/package.json',
  '@tensorflow/tfjs-core/package.json',
];

/** The versions that a result depends on: ours, TensorFlow.js, Node. */
export function packageVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versions = recorded.map((manifest) => {
    const { name, version } = JSON.parse(readFileSync(require.resolve(manifest), 'utf8'));
    return [name, version] as const;
  });
  return { ...Object.fromEntries(versions), node: process.versions.node };
}
