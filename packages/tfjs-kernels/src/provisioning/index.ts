export {
  type CachedEngine,
  cachedEngine,
  cacheFolder,
  engineFolder,
  type TensorFlowEngine,
} from '../engine/engine-cache.js';
export type { EngineManifest, TargetName } from '../engine/engine-manifest.js';
export type { Comparison } from './compare-with-plain.js';
export { type EngineCheck, type EngineInspection, inspectEngine } from './inspect-engine.js';
export { engineState, provisionEngine } from './provision-engine.js';
export { removeEngine } from './remove-engine.js';
export type { Report } from './step-report.js';
export { verifyEngine } from './verify.js';
