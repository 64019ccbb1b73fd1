import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Fault } from './faulty-backbone.js';

const subject = fileURLToPath(new URL('node-test-subject.ts', import.meta.url));

/** Runs the suite in a process without vitest. */
function underNodeTest(fault: Fault) {
  const args = ['--import', 'tsx', '--conditions=@balanced-rec/source', '--test-reporter=tap', subject, fault];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const count = (what: string) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(stdout)?.[1]);
  return { status, passed: count('pass'), failed: count('fail'), output: stdout + stderr };
}

test('node:test runs the suite as well: a correct backbone passes, a faulty one fails', () => {
  const sound = underNodeTest('none');
  expect(sound, sound.output).toMatchObject({ status: 0, failed: 0 });
  expect(sound.passed).toBeGreaterThan(50);
  expect(underNodeTest('options accepted unchecked')).toMatchObject({ status: 1, failed: 1, passed: sound.passed - 1 });
});

test('no source imports a test runner', () => {
  const folder = new URL('../src/', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const runners = /from '(?:vitest|node:test|@jest\/globals|mocha)'/;
  expect(files.filter((file) => runners.test(readFileSync(new URL(file, folder), 'utf8')))).toEqual([]);
});
