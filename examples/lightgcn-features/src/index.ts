export { type LightgcnFeaturesConfig, lightgcnFeaturesConfigSchema } from './config.js';
export { lightgcnFeatures } from './lightgcn-features.js';
