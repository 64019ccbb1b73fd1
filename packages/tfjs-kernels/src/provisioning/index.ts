export {
  type CachedEngine,
  cachedEngine,
  cacheFolder,
  type EngineManifest,
  engineFolder,
  type TargetName,
  type TensorFlowEngine,
} from '../tensorflow-library/engine-cache.js';
export type { Comparison } from './compare-with-plain.js';
export { removeEngine } from './engine-folder.js';
export { type EngineCheck, type EngineInspection, inspectEngine, verifyEngine } from './inspect-engine.js';
export { engineState } from './plan.js';
export { provisionEngine, type Report } from './provision-engine.js';
