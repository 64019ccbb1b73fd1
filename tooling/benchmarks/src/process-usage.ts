import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds at a moment. */
export interface ProcessUsage {
  readonly residentBytes: number;
  readonly openFiles: number;
  readonly threads: number;
}

/** Of any process of this user, by Linux's own account. */
export function processUsage(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)![1]);
  return {
    residentBytes: field('VmRSS') * 1024,
    openFiles: readdirSync(`/proc/${pid}/fd`).length,
    threads: field('Threads'),
  };
}
