export { bm3 } from './bm3.js';
export { type Bm3Config, bm3ConfigSchema } from './config.js';
