export { type MmgcnConfig, mmgcn, mmgcnConfigSchema } from './mmgcn.js';
