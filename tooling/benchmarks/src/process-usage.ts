import { readdirSync, readFileSync } from 'node:fs';

/** The resources a process holds at one moment. */
export interface ProcessUsage {
  readonly residentBytes: number;
  readonly openFiles: number;
  readonly threads: number;
}

/** Reads the usage of any process of this user from Linux's /proc. */
export function processUsage(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)![1]);
  return {
    residentBytes: field('VmRSS') * 1024,
    openFiles: readdirSync(`/proc/${pid}/fd`).length,
    threads: field('Threads'),
  };
}
