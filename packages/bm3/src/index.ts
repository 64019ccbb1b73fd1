export { type Bm3Config, bm3, bm3ConfigSchema } from './bm3.js';
