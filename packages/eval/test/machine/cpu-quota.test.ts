import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { describe, expect, test } from 'vitest';
import { cpuQuota } from '../../src/machine/cpu-quota.js';

const cpu = 'sys/fs/cgroup/cpu';
const v1 = (folder: string, quota: number) => ({
  [`${folder}/cpu.cfs_quota_us`]: `${quota}\n`,
  [`${folder}/cpu.cfs_period_us`]: '100000\n',
});

interface Case {
  readonly title: string;
  readonly groups: string;
  readonly files: Readonly<Record<string, string>>;
  readonly quota: number | undefined;
}

const cases: Case[] = [
  {
    title: 'version 2, in a container',
    groups: '0::/\n',
    files: { 'sys/fs/cgroup/cpu.max': '150000 100000\n' },
    quota: 1.5,
  },
  {
    title: 'version 2, without a limit',
    groups: '0::/\n',
    files: { 'sys/fs/cgroup/cpu.max': 'max 100000\n' },
    quota: undefined,
  },
  {
    title: 'version 2, limited by the group above',
    groups: '0::/user.slice/mine.scope\n',
    files: {
      'sys/fs/cgroup/user.slice/cpu.max': '200000 100000\n',
      'sys/fs/cgroup/user.slice/mine.scope/cpu.max': '400000 100000\n',
    },
    quota: 2,
  },
  {
    title: 'version 1, in a container that sees the path on its host',
    groups: '5:memory:/docker/1f3\n4:cpu,cpuacct:/docker/1f3\n0::/\n',
    files: v1(cpu, 50_000),
    quota: 0.5,
  },
  {
    title: 'version 1, without a limit',
    groups: '1:cpu:/\n0::/\n',
    files: v1(cpu, -1),
    quota: undefined,
  },
  {
    title: 'version 1, the quota of cpuset does not count',
    groups: '2:cpuset:/a\n1:cpu:/b\n',
    files: { ...v1(`${cpu}/a`, 100_000), ...v1(`${cpu}/b`, 300_000) },
    quota: 3,
  },
  { title: 'another system', groups: '', files: {}, quota: undefined },
];

describe('the CPU quota', () => {
  test.each(cases)('$title', async ({ groups, files, quota }) => {
    const root = await scratchFolder();
    for (const [name, content] of Object.entries({ 'proc/self/cgroup': groups, ...files })) {
      await mkdir(dirname(join(root, name)), { recursive: true });
      await writeFile(join(root, name), content);
    }
    expect(cpuQuota(root)).toBe(quota);
  });
});
