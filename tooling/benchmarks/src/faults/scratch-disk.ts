import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A small in-memory disk that can be filled, made read-only and removed. It requires permission to mount. */
export class ScratchDisk {
  readonly path: string;

  constructor(path: string, bytes: number) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    mount('-t', 'tmpfs', '-o', `size=${Math.ceil(bytes / 4096) * 4096}`, 'none', path);
  }

  resize(bytes: number): void {
    mount('-o', `remount,size=${bytes}`, this.path);
  }

  setReadOnly(isReadOnly: boolean): void {
    mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.path);
  }

  /** Unmounts the disk, even while files on it are open. */
  takeAway(): void {
    execFileSync('umount', ['--lazy', this.path], { stdio: 'pipe' });
  }
}

/** Whether disks can be mounted here. */
export function canMount(scratch: string): boolean {
  try {
    new ScratchDisk(scratch, 4096).takeAway();
    return true;
  } catch {
    return false;
  }
}

function mount(...args: readonly string[]): void {
  execFileSync('mount', args, { stdio: 'pipe' });
}
