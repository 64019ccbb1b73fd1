export { createService, type LogLevel, type ServiceOptions } from './create-service.js';
export { defaultLimits, type Limits, type ServedModel } from './service-context.js';
export { type RunningService, type StartOptions, startService } from './start-service.js';
