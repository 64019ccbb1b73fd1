export { type LatticeConfig, latticeConfigSchema } from './config.js';
export { lattice } from './lattice.js';
