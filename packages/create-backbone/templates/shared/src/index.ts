export { type MyBackboneConfig, myBackboneConfigSchema } from './config.js';
export { myBackbone } from './my-backbone.js';
