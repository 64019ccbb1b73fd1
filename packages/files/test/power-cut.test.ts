import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.js';

const writer = fileURLToPath(new URL('./write-once.ts', import.meta.url));
const hasStrace = spawnSync('strace', ['-f', 'true']).status === 0;
const folder = temporaryFolder();

test.skipIf(!hasStrace)('flushes contents before names, and names before a write resolves', () => {
  const trace = ['-f', '-y', '-e', 'trace=fsync,rename,renameat,renameat2'];
  const node = [process.execPath, '--import', 'tsx', '--conditions=@balanced-rec/source', writer, folder.path];
  const { stderr } = spawnSync('strace', [...trace, ...node], { encoding: 'utf8' });
  const calls = stderr
    .split('\n')
    .filter((line) => line.includes(folder.path) && !line.includes('= -1'))
    .map((line) =>
      /fsync\(\d+<(.*)>/.exec(line) ? `fsync ${RegExp.$1}` : `rename ${/"([^"]*)"[^"]*$/.exec(line)?.[1]}`,
    )
    .map((call) => call.replaceAll(folder.path, 'HERE').replaceAll(/\.tmp-\d+-\d+/g, '.tmp'));
  const kept = calls.filter((call) => !call.includes('.replaced'));
  expect(kept.slice(0, 3)).toEqual(['fsync HERE/record.tmp', 'rename HERE/record', 'fsync HERE']);
  expect(kept.slice(3)).toEqual([
    'fsync HERE/.model.tmp/a',
    'fsync HERE/.model.tmp/b',
    'fsync HERE/.model.tmp',
    'rename HERE/model',
    'fsync HERE',
  ]);
});
