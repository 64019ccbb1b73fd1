export { type FreedomConfig, freedomConfigSchema } from './config.js';
export { freedom } from './freedom.js';
export { edgeValues, type InteractionList } from './pruned-interactions.js';
