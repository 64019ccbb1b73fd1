export { BalancedRecError, type ErrorDetails } from './balanced-rec-error.js';
export { nearestName } from './nearest-name.js';
