export { BalancedRecError, type ErrorDetails, nearestName } from './balanced-rec-error.js';
