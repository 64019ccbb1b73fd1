import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TargetName } from '../tensorflow-library/engine-cache.js';
import type { TensorFlowPackage } from '../tensorflow-library/tensorflow-package.js';

/** One addon to compile. */
export interface BuildTarget {
  readonly name: TargetName;
  /** The folder of its files. */
  readonly folder: string;
  /** Sources and headers, by name. */
  readonly files: readonly string[];
  /** Covers all files and flags. */
  readonly hash: string;
  readonly libraries: readonly string[];
  readonly flags: readonly string[];
}

const framework = 'libtensorflow_framework.so.2';
const whole = 'libtensorflow_cc.so.2';

/**
 * The addons of an engine besides TensorFlow's library: the binding, the preloader that loads the library silently, and our kernels if
 * there are any. The kernels are for the CPU; gpu uses TensorFlow's own operations instead, so tensors stay on the GPU.
 */
export function buildTargets(tensorflowPackage: TensorFlowPackage, nativeFolder = ownSources()): BuildTarget[] {
  return [
    target('tfjs_binding', join(tensorflowPackage.folder, 'binding'), [whole, framework], ['-O2']),
    target('balanced_rec_preload', join(nativeFolder, 'preload'), [], ['-O2']),
    // The cache belongs to one machine, so the build may use all of its instructions; the manifest records them.
    target('balanced_rec_kernels', nativeFolder, [whole, framework], ['-O3', '-march=native', '-fno-math-errno']),
  ]
    .filter(({ name }) => name !== 'balanced_rec_kernels' || !tensorflowPackage.name.endsWith('-gpu'))
    .filter(({ files }) => files.some(isSource));
}

export function isSource(file: string): boolean {
  return file.endsWith('.cc');
}

function target(name: TargetName, folder: string, libraries: readonly string[], flags: readonly string[]): BuildTarget {
  const files = filesOf(folder);
  const hash = createHash('sha256').update(flags.join(' '));
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return { name, folder, files, hash: hash.digest('hex'), libraries, flags };
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(cc|h)$/.test(name))
    .sort();
}

function ownSources(): string {
  return join(packageFolder(), 'native');
}

/** This package's folder; works from both the sources and the build. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
