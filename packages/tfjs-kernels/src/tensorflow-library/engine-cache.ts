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

/** Raised when a cache of an earlier release cannot be used any more. */
export const MANIFEST_FORMAT = 1;

/** What is compiled for an engine, by file name. */
export type TargetName = 'tfjs_binding' | 'balanced_rec_preload' | 'balanced_rec_kernels';

/** Where a provisioned engine comes from; `manifest.json` in its folder. */
export interface EngineManifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly engine: TensorFlowEngine;
  /** TensorFlow's version. */
  readonly tensorflow: string;
  /** The npm package whose binding was compiled. */
  readonly package: { readonly name: string; readonly version: string };
  readonly wheels: readonly { readonly file: string; readonly sha256: string; readonly bytes: number }[];
  /** What was compiled: a hash of its sources, and the size of the result. */
  readonly targets: Readonly<Partial<Record<TargetName, { readonly sources: string; readonly bytes: number }>>>;
  /** The CPU that our kernels were compiled for. */
  readonly cpu: { readonly model: string; readonly flags: readonly string[] };
  readonly node: string;
  readonly nodeApi: number;
  readonly compiler: string;
  /** All files of the engine together. */
  readonly bytes: number;
  readonly madeAt: string;
}

/** What `balanced-rec engine` has provisioned for an engine. */
export interface CachedEngine {
  readonly folder: string;
  readonly manifest: EngineManifest;
}

/** Where provisioned engines are kept: `$BALANCED_REC_CACHE`, else `$XDG_CACHE_HOME/balanced-rec`, else `~/.cache/balanced-rec`. */
export function cacheFolder(env: NodeJS.ProcessEnv = nodeProcess()!.env): string {
  const { join, resolve } = nodeBuiltin('node:path');
  if (env.BALANCED_REC_CACHE) return resolve(env.BALANCED_REC_CACHE);
  return join(env.XDG_CACHE_HOME || join(nodeBuiltin('node:os').homedir(), '.cache'), 'balanced-rec');
}

/** The folder of one provisioned engine, whether it is there or not. */
export function engineFolder(engine: TensorFlowEngine, env?: NodeJS.ProcessEnv): string {
  return nodeBuiltin('node:path').join(cacheFolder(env), 'engines', engine);
}

/** The engine that the cache has, or undefined where it has none that this version can read. */
export function cachedEngine(engine: TensorFlowEngine): CachedEngine | undefined {
  const folder = engineFolder(engine);
  const path = nodeBuiltin('node:path');
  const manifest = readManifest(path.join(folder, engineFiles.manifest));
  const complete = manifest && nodeBuiltin('node:fs').existsSync(path.join(folder, engineFiles.binding));
  return complete ? { folder, manifest } : undefined;
}

/**
 * The addon with our kernels for an engine, or undefined where the cache has none.
 * @throws BalancedRecError `engine/other-machine` where it was compiled for instructions that this CPU lacks
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
    message: `the kernels in ${folder} were compiled for another CPU (${cpu.model}), with ${lacking.join(', ')}`,
    remedy: `npx balanced-rec engine ${engine}, which compiles them for this one`,
  });
}

/** The manifest, or undefined where there is none or where it is of another format. */
function readManifest(file: string): EngineManifest | undefined {
  try {
    const manifest = JSON.parse(nodeBuiltin('node:fs').readFileSync(file, 'utf8')) as EngineManifest;
    return manifest.format === MANIFEST_FORMAT ? manifest : undefined;
  } catch {
    return undefined;
  }
}
