import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * How many processors' worth of time the control groups of this process grant it: 1.5 for a container started with
 * `--cpus 1.5`. Undefined without such a limit. Node.js before 22 does not know of it.
 *
 * @param root where `proc` and `sys` are
 */
export function cpuQuota(root = '/'): number | undefined {
  const quotas = cpuGroups(root).flatMap(({ folder, read }) => read(folder) ?? []);
  return quotas.length > 0 ? Math.min(...quotas) : undefined;
}

interface Group {
  readonly folder: string;
  readonly read: (folder: string) => number | undefined;
}

/** The process's groups with those above them, which limit it too. */
function cpuGroups(root: string): Group[] {
  const mount = join(root, 'sys/fs/cgroup');
  // Lines such as `4:cpu,cpuacct:/docker/1f3` for version 1, and `0::/user.slice` for version 2.
  const lines = (text(join(root, 'proc/self/cgroup')) ?? '').split('\n').map((line) => line.split(':'));
  return lines.flatMap(([, controllers, ...path]): Group[] => {
    const upwards = withParents(path.join(':'));
    if (controllers === '') return upwards.map((group) => ({ folder: join(mount, group), read: quotaOfVersion2 }));
    if (!controllers?.split(',').includes('cpu')) return [];
    return upwards.map((group) => ({ folder: join(mount, 'cpu', group), read: quotaOfVersion1 }));
  });
}

/** `/a/b` -> `/a/b`, `/a` and `/`, which in a container is its own group, whatever the path says. */
function withParents(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return names.map((_, at) => `/${names.slice(0, at + 1).join('/')}`).concat('/');
}

/** `cpu.max` is `150000 100000`, or `max 100000` without a limit. */
function quotaOfVersion2(folder: string): number | undefined {
  const [quota, period] = (text(join(folder, 'cpu.max')) ?? '').split(' ').map(Number);
  return share(quota, period);
}

/** The quota is -1 without a limit. */
function quotaOfVersion1(folder: string): number | undefined {
  const [quota, period] = ['quota', 'period'].map((name) => Number(text(join(folder, `cpu.cfs_${name}_us`))));
  return share(quota, period);
}

function share(quota = 0, period = 0): number | undefined {
  return quota > 0 && period > 0 ? quota / period : undefined;
}

/** Undefined if there is no such file, as on other systems. */
function text(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
