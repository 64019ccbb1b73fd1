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
export { type EngineCheck, type EngineInspection, inspectEngine } from './inspect-engine.js';
export { engineState, provisionEngine } from './provision-engine.js';
export { removeEngine } from './remove-engine.js';
export type { Report } from './step-report.js';
export { verifyEngine } from './verify.js';
