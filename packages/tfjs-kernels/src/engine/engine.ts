/** What computes: gpu is @tensorflow/tfjs-node-gpu, native is @tensorflow/tfjs-node, wasm and cpu come with this package. */
export type EngineName = 'gpu' | 'native' | 'wasm' | 'cpu';

/** The engines from best to last, as 'auto' tries them. */
export const engineNames: readonly EngineName[] = ['gpu', 'native', 'wasm', 'cpu'];

/** What an engine must be told where it cannot know. */
export interface EngineOptions {
  /**
   * Where the engine 'wasm' finds `tfjs-backend-wasm-simd.wasm` of `@tensorflow/tfjs-backend-wasm`: a URL, as bundlers give it for a
   * file. By default browsers look for it beside the page, and Node.js in the package. It holds for the first time that the engine is
   * loaded.
   */
  readonly wasmFile?: string;
}

/** An engine that did not load: why, and what to do about it. */
export interface UnavailableEngine {
  readonly name: EngineName;
  readonly why: string;
  readonly remedy: string;
}

/** The engine that is now active. */
export interface Engine {
  readonly name: EngineName;
  /** The name of its TF.js backend. */
  readonly backend: string;
  /** The version of TF.js. */
  readonly version: string;
  /** Why this engine. */
  readonly reason: string;
  /** The engines that would have come first but could not be loaded, and what would provide them. */
  readonly unavailable: readonly UnavailableEngine[];
}
