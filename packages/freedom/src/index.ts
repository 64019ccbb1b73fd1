export { type FreedomConfig, freedom, freedomConfigSchema } from './freedom.js';
export { edgeValues, type InteractionList } from './pruned-interactions.js';
