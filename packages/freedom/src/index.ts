export { type FreedomConfig, freedomConfigSchema } from './config.js';
export { freedom } from './freedom.js';
export { edgeValues } from './pruned-interactions.js';
