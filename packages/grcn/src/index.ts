export { type GrcnConfig, grcnConfigSchema } from './config.js';
export { grcn } from './grcn.js';
