import { execFileSync } from 'node:child_process';

/** Whether a test may mount a small disk; where it may not, says so. */
export function mounts(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt'], { stdio: 'pipe' });
    return true;
  } catch {
    console.warn('SKIPPED: disks cannot be mounted here, so a full one was not tried');
    return false;
  }
}
