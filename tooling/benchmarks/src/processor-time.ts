import { rounded } from './timing.js';

/** Seconds on processors that this process has had so far, all threads together. Unlike time on the wall, other work hardly changes them. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** What has been had since. */
export function processorSecondsSince(before: number): number {
  return rounded(processorSeconds() - before);
}
