export { type VbprConfig, vbprConfigSchema } from './config.js';
export { vbpr } from './vbpr.js';
