import { nodeBuiltin } from './node-builtins.js';

/** Raised when a cache of an earlier release cannot be used any more. */
export const MANIFEST_FORMAT = 1;

/** What is compiled for an engine, by file name. */
export type TargetName = 'tfjs_binding' | 'balanced_rec_preload' | 'balanced_rec_kernels';

/** Where a provisioned engine comes from; `manifest.json` in its folder. */
export interface EngineManifest {
  readonly format: typeof MANIFEST_FORMAT;
  readonly engine: 'gpu' | 'native';
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

/** The manifest, or undefined where there is none or where it is of another format. */
export function readManifest(file: string): EngineManifest | undefined {
  try {
    const manifest = JSON.parse(nodeBuiltin('node:fs').readFileSync(file, 'utf8')) as EngineManifest;
    return manifest.format === MANIFEST_FORMAT ? manifest : undefined;
  } catch {
    return undefined;
  }
}
