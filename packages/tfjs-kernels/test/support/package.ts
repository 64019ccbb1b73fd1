export { BalancedRecError } from '@balanced-rec/errors';
export * from '../../src/index.ts';
