export { onEachEngine } from './engines.js';
export * from './matrix.js';
export { relativeError, slopes } from './numbers.js';
export { type Step, stepOf } from './step.js';
