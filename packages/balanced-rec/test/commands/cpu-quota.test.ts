import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonFile, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { afterAll, describe, expect, test } from 'vitest';
import { runInShell } from '../support/shell.js';

/** A control group that grants 1.5 processors; undefined where the system does not let us make one. */
const group = cpuGroup();

function cpuGroup(): string | undefined {
  const made: [parent: string, limit: readonly [file: string, value: string]][] = [
    ['/sys/fs/cgroup/cpu', ['cpu.cfs_quota_us', '150000']],
    ['/sys/fs/cgroup', ['cpu.max', '150000 100000']],
  ];
  for (const [parent, [file, value]] of made) {
    const folder = join(parent, `balanced-rec-test-${process.pid}`);
    try {
      mkdirSync(folder);
    } catch {
      continue;
    }
    try {
      writeFileSync(join(folder, file), value, { flag: 'r+' });
      return folder;
    } catch {
      rmdirSync(folder);
    }
  }
  console.warn(
    'SKIPPED: cannot limit the processor time of a process here, so the CPU quota was tested with files only',
  );
  return undefined;
}

afterAll(() => {
  if (group !== undefined) rmdirSync(group);
});

describe.skipIf(group === undefined)('with a CPU quota of 1.5', () => {
  const within = (line: string) => runInShell(`echo $$ > ${group}/cgroup.procs && ${line}`);

  test('doctor shows it', async () => {
    const { stdout, stderr } = await within('cli doctor');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/ \d+ cores; a CPU quota of 1\.5 leaves 1 for runs\n {2}memory \d/);
  });

  test('compare runs one at a time', async () => {
    const root = await scratchFolder();
    await tinyDataset(root);
    const file = await comparisonFile(
      root,
      'datasets: [tiny]\nbackbones: [vbpr]\nvariants: [popularity]\nprotocol: mmrec\nengine: wasm\n',
    );
    const { stdout, stderr } = await within(`cli compare ${file} --json --out ${join(root, 'out')}`);
    expect(stdout, stderr).toMatch(/"jobs":\{"count":1,"limit":"cores"/);
  });
});
