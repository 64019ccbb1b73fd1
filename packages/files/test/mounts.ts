import { execFileSync } from 'node:child_process';

/** Whether a test may mount a small disk. Warns if not. */
export function mounts(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'pipe' });
    return true;
  } catch {
    console.warn('SKIPPED: cannot mount a disk here, so a full disk was not tested');
    return false;
  }
}
