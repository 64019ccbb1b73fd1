export { type VbprConfig, vbpr, vbprConfigSchema } from './vbpr.js';
