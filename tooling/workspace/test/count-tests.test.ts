import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../src/packages.js';

const scratch = mkdtempSync(join(tmpdir(), 'count-tests-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Writes a result file in vitest's format. */
function results(
  name: string,
  [passed, failed, pending, todo]: number[],
  testResults: { status: string }[] = [],
): string {
  const path = join(scratch, name);
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: todo };
  writeFileSync(
    path,
    JSON.stringify({
      ...counts,
      success: failed === 0 && testResults.every(({ status }) => status === 'passed'),
      testResults,
    }),
  );
  return path;
}

function count(...files: string[]): Promise<{ lines: string[]; failed: boolean }> {
  const script = join(root, 'tooling/scripts/count-tests.mjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...files], (error, stdout) =>
      resolve({ lines: stdout.trimEnd().split('\n'), failed: error !== null }),
    );
  });
}

test('sums the results of several runs and counts todos as skipped', async () => {
  const files = [results('a.json', [10, 0, 2, 1]), results('b.json', [5, 1, 0, 0])];
  expect(await count(...files)).toEqual({ lines: ['15 passed, 1 failed, 3 skipped'], failed: true });
  expect(await count(files[0]!)).toEqual({ lines: ['10 passed, 0 failed, 3 skipped'], failed: false });
});

test('names a failed test with the first line of the reason', async () => {
  const failed = {
    status: 'failed',
    fullName: 'adam moves',
    failureMessages: ['expected 1 to be 2\n    at adam.test.ts'],
  };
  const file = { name: join(process.cwd(), 'test/adam.test.ts'), status: 'failed', assertionResults: [failed] };
  expect((await count(results('d.json', [3, 1, 0, 0], [file]))).lines).toEqual([
    'FAILED: test/adam.test.ts > adam moves: expected 1 to be 2',
    '3 passed, 1 failed, 0 skipped',
  ]);
});

test('names a test that passed on its second attempt and counts it as passed', async () => {
  const flaky = { status: 'passed', fullName: 'a signal', failureMessages: ['too late\n    at signal.test.ts'] };
  const file = { name: join(process.cwd(), 'signal.test.ts'), status: 'passed', assertionResults: [flaky] };
  const path = results('e.json', [4, 0, 0, 0], [file]);
  expect((await count(path)).lines).toEqual([
    'FLAKY: signal.test.ts > a signal: too late',
    '4 passed, 0 failed, 0 skipped',
  ]);
});

test('counts a test file that does not load, and a missing result file, as failures', async () => {
  const file = { name: 'gone.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] };
  const { lines, failed } = await count(results('c.json', [3, 0, 0, 0], [file]));
  expect(lines).toEqual([
    expect.stringMatching(/^FAILED: .*gone\.test\.ts: Cannot find module$/),
    '3 passed, 1 failed, 0 skipped',
  ]);
  expect(failed).toBe(true);
  const missing = join(scratch, 'missing.json');
  expect(await count(missing)).toEqual({
    lines: [`FAILED: no results in ${missing}`, '0 passed, 1 failed, 0 skipped'],
    failed: true,
  });
});
