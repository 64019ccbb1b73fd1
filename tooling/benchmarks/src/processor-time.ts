import { rounded } from './timing.js';

/** CPU seconds used by this process so far, across all threads. Unlike wall-clock time, other work barely affects them. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU seconds used since `before`. */
export function processorSecondsSince(before: number): number {
  return rounded(processorSeconds() - before);
}
