export { type GrcnConfig, grcn, grcnConfigSchema } from './grcn.js';
