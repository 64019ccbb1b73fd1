/** A compute engine: gpu is @tensorflow/tfjs-node-gpu, native is @tensorflow/tfjs-node, wasm and cpu come with this package. */
export type EngineName = 'gpu' | 'native' | 'wasm' | 'cpu';

/** The engines from best to worst, in the order in which 'auto' tries them. */
export const engineNames: readonly EngineName[] = ['gpu', 'native', 'wasm', 'cpu'];

/** Options that an engine cannot detect by itself. */
export interface EngineOptions {
  /**
   * Where the wasm engine finds `tfjs-backend-wasm-simd.wasm` from `@tensorflow/tfjs-backend-wasm`: a URL, as bundlers produce for a
   * file. By default browsers look for it next to the page, and Node.js in the package. It only takes effect the first time the engine
   * is loaded.
   */
  readonly wasmFile?: string;
}

/** An engine that did not load, with the reason and a remedy. */
export interface UnavailableEngine {
  readonly name: EngineName;
  readonly why: string;
  readonly remedy: string;
}

/** The active engine. */
export interface Engine {
  readonly name: EngineName;
  /** The name of its TF.js backend. */
  readonly backend: string;
  /** The version of TF.js. */
  readonly version: string;
  /** Why this engine was chosen. */
  readonly reason: string;
  /** The engines that would have been preferred but could not be loaded, with remedies. */
  readonly unavailable: readonly UnavailableEngine[];
}
