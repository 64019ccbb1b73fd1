export { type LatticeConfig, lattice, latticeConfigSchema } from './lattice.js';
