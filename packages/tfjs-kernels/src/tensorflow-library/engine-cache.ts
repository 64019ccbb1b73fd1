import { BalancedRecError } from '@balanced-rec/errors';
import { cpuFlags } from './cpu-flags.js';
import { nodeBuiltin, nodeProcess } from './node.js';

/** The engines that run on TensorFlow's own library, which has to be provisioned. */
export type TensorFlowEngine = 'gpu' | 'native';

/** The files of a provisioned engine, by their names in its folder. */
export const engineFiles = {
  manifest: 'manifest.json',
  binding: 'tfjs_binding.node',
  preload: 'balanced_rec_preload.node',
  kernels: 'balanced_rec_kernels.node',
} as const;

/** Incremented when caches of earlier releases can no longer be used. */
export const MANIFEST_FORMAT = 1;

/** The addons compiled for an engine, by file name. */
export type TargetName = 'tfjs_binding' | 'balanced_rec_preload' | 'balanced_rec_kernels';

/** The origin of a provisioned engine: `manifest.json` in its folder. */
export interface EngineManifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly engine: TensorFlowEngine;
  /** TensorFlow's version. */
  readonly tensorflow: string;
  /** The npm package whose binding was compiled. */
  readonly package: { readonly name: string; readonly version: string };
  readonly wheels: readonly { readonly file: string; readonly sha256: string; readonly bytes: number }[];
  /** For each compiled addon, a hash of its sources and its size. */
  readonly targets: Readonly<Partial<Record<TargetName, { readonly sources: string; readonly bytes: number }>>>;
  /** The CPU that our kernels were compiled for. */
  readonly cpu: { readonly model: string; readonly flags: readonly string[] };
  readonly node: string;
  readonly nodeApi: number;
  readonly compiler: string;
  /** The total size of the engine's files. */
  readonly bytes: number;
  readonly madeAt: string;
}

/** An engine provisioned by `balanced-rec engine`. */
export interface CachedEngine {
  readonly folder: string;
  readonly manifest: EngineManifest;
}

/** The folder of provisioned engines: `$BALANCED_REC_CACHE`, else `$XDG_CACHE_HOME/balanced-rec`, else `~/.cache/balanced-rec`. */
export function cacheFolder(env: NodeJS.ProcessEnv = nodeProcess()!.env): string {
  const { join, resolve } = nodeBuiltin('node:path');
  if (env.BALANCED_REC_CACHE) return resolve(env.BALANCED_REC_CACHE);
  return join(env.XDG_CACHE_HOME || join(nodeBuiltin('node:os').homedir(), '.cache'), 'balanced-rec');
}

/** The folder of one provisioned engine, whether or not it exists. */
export function engineFolder(engine: TensorFlowEngine, env?: NodeJS.ProcessEnv): string {
  return nodeBuiltin('node:path').join(cacheFolder(env), 'engines', engine);
}

/** The cached engine, or undefined if there is none that this version can read. */
export function cachedEngine(engine: TensorFlowEngine): CachedEngine | undefined {
  const folder = engineFolder(engine);
  const path = nodeBuiltin('node:path');
  const manifest = readManifest(path.join(folder, engineFiles.manifest));
  const complete = manifest && nodeBuiltin('node:fs').existsSync(path.join(folder, engineFiles.binding));
  return complete ? { folder, manifest } : undefined;
}

/**
 * The path of the addon with our kernels for an engine, or undefined if the cache has none.
 * @throws BalancedRecError `engine/other-machine` if it was compiled for instructions that this CPU lacks
 */
export function nativeKernelsPath(engine: TensorFlowEngine): string | undefined {
  const cached = cachedEngine(engine);
  if (cached?.manifest.targets.balanced_rec_kernels === undefined) return undefined;
  requireSameCpu(engine, cached, cpuFlags());
  const file = nodeBuiltin('node:path').join(cached.folder, engineFiles.kernels);
  return nodeBuiltin('node:fs').existsSync(file) ? file : undefined;
}

/** @throws BalancedRecError `engine/other-machine` */
export function requireSameCpu(
  engine: TensorFlowEngine,
  { folder, manifest: { cpu } }: CachedEngine,
  flags: readonly string[],
): void {
  const lacking = cpu.flags.filter((flag) => !flags.includes(flag));
  if (lacking.length === 0) return;
  throw new BalancedRecError({
    code: 'engine/other-machine',
    message: `the kernels in ${folder} were compiled for another CPU (${cpu.model}), which has ${lacking.join(', ')}`,
    remedy: `run npx balanced-rec engine ${engine} to compile them for this CPU`,
  });
}

/** The manifest, or undefined if it does not exist or has a different format. */
function readManifest(file: string): EngineManifest | undefined {
  try {
    const manifest = JSON.parse(nodeBuiltin('node:fs').readFileSync(file, 'utf8')) as EngineManifest;
    return manifest.format === MANIFEST_FORMAT ? manifest : undefined;
  } catch {
    return undefined;
  }
}
