export { QUANTILES, quantile, quantiles } from './quantiles.js';
export { RandomGenerator, type RandomPurpose, type RandomState, RandomStreams } from './random.js';
