export { createService, type LogLevel, type ServiceOptions } from './create-service.js';
export { defaultLimits, type Limits } from './limits.js';
export type { ServedModel } from './served-model.js';
export { type RunningService, type StartOptions, startService } from './start-service.js';
