export {
  type CachedEngine,
  cachedEngine,
  cacheFolder,
  engineFolder,
  type TensorFlowEngine,
} from '../engine/engine-cache.js';
export type { EngineManifest } from '../engine/engine-manifest.js';
export { type EngineCheck, type EngineInspection, inspectEngine } from './inspect-engine.js';
export { engineState, provisionEngine } from './provision-engine.js';
export { removeEngine } from './remove-engine.js';
export { verifyEngine } from './verify.js';
