import { BalancedRecError } from '@balanced-rec/errors';
import type { TensorFlowEngine } from './engine-cache.js';
import { nodeBuiltin, nodeProcess } from './node.js';

/** The npm package that binds an engine to TF.js. */
export const packageNames: Readonly<Record<TensorFlowEngine, string>> = {
  gpu: '@tensorflow/tfjs-node-gpu',
  native: '@tensorflow/tfjs-node',
};

/** The release that this package supports. */
export const PACKAGE_VERSION = '4.22.0';

/** How to install the TensorFlow library of an engine whose package is already installed. */
export function provisionRemedy(engine: TensorFlowEngine): string {
  return (
    `run npx balanced-rec engine ${engine} (in the balanced-rec repository: pnpm engine ${engine}), ` +
    `or npm rebuild ${packageNames[engine]} --build-addon-from-source`
  );
}

/** An engine's installed package. */
export interface TensorFlowPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
}

const LOCATOR = '@mapbox/node-pre-gyp';

/** How tfjs-node finds its binding. */
interface BindingLocator {
  find(manifest: string): string;
}

/**
 * Finds an engine's package as a dependency of this package or of the project in the current folder.
 * @throws BalancedRecError `engine/unavailable` if it is not installed
 */
export function findPackage(engine: TensorFlowEngine): TensorFlowPackage {
  const { join, dirname } = nodeBuiltin('node:path');
  const name = packageNames[engine];
  for (const from of [import.meta.url, join(nodeProcess()!.cwd(), 'package.json')]) {
    const require = nodeBuiltin('node:module').createRequire(from);
    try {
      const manifest = require.resolve(`${name}/package.json`);
      return { name, version: require(manifest).version, folder: dirname(manifest) };
    } catch {
      // Try the next place.
    }
  }
  throw new BalancedRecError({
    code: 'engine/unavailable',
    message: `${name} is not installed`,
    remedy: `run npm install --ignore-scripts ${name}@${PACKAGE_VERSION}, then npx balanced-rec engine ${engine}`,
  });
}

/** The binding from the package's own install step, or undefined if that step was not run or failed. */
export function officialBinding({ folder }: TensorFlowPackage): string | undefined {
  const locator = requireFrom(folder)(LOCATOR) as BindingLocator;
  const file = locator.find(manifestOf(folder));
  return nodeBuiltin('node:fs').existsSync(file) ? file : undefined;
}

/** Whether this process has already loaded the package. */
export function isLoaded({ folder }: TensorFlowPackage): boolean {
  const require = requireFrom(folder);
  return require.cache[require.resolve(folder)] !== undefined;
}

/** Loads the package with the binding at any path. The package registers its kernels and its backend with TF.js. */
export function loadPackage({ folder }: TensorFlowPackage, binding: string): void {
  const require = requireFrom(folder);
  // The package asks another module where its binding is. Ours temporarily replaces that module, so node_modules stays unchanged.
  const id = require.resolve(LOCATOR);
  const before = require.cache[id];
  const { Module } = nodeBuiltin('node:module');
  const locator: BindingLocator = { find: () => binding };
  require.cache[id] = Object.assign(new Module(id), { filename: id, loaded: true, exports: locator });
  try {
    require(require.resolve(folder));
  } finally {
    if (before === undefined) delete require.cache[id];
    else require.cache[id] = before;
  }
}

function requireFrom(folder: string): NodeJS.Require {
  return nodeBuiltin('node:module').createRequire(manifestOf(folder));
}

function manifestOf(folder: string): string {
  return nodeBuiltin('node:path').join(folder, 'package.json');
}
