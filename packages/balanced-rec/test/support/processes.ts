import { execFileSync } from 'node:child_process';

/** The ids of a coordinator's workers that are still running. */
export function workersOf(id: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, ...args]) => Number(parent) === id && args.some((arg) => /\bworker\.js$/.test(arg)))
    .map(([child]) => Number(child))
    .filter((child) => isRunning(child));
}

export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
  } catch {
    return false;
  }
  // A zombie process does not run.
  const state = execFileSync('sh', ['-c', `ps -o stat= -p ${id} || true`], { encoding: 'utf8' });
  return state.trim() !== '' && !state.trim().startsWith('Z');
}

/** Waits until a condition holds; after a while, fails and names it. */
export async function until(what: string, holds: () => boolean, milliseconds = 120_000): Promise<void> {
  const end = performance.now() + milliseconds;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`waited ${milliseconds} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
