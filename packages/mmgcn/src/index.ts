export { type MmgcnConfig, mmgcnConfigSchema } from './config.js';
export { mmgcn } from './mmgcn.js';
