import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../src/packages.js';

const scratch = mkdtempSync(join(tmpdir(), 'count-tests-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Writes a result file as vitest does. */
function results(name: string, [passed, failed, pending, todo]: number[], testResults: object[] = []): string {
  const path = join(scratch, name);
  const counts = { numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: todo };
  writeFileSync(path, JSON.stringify({ ...counts, success: failed === 0 && testResults.length === 0, testResults }));
  return path;
}

function lastLine(...files: string[]): Promise<{ line: string; failed: boolean }> {
  const script = join(root, 'tooling/scripts/count-tests.mjs');
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...files], (error, stdout) =>
      resolve({ line: stdout.trimEnd(), failed: error !== null }),
    );
  });
}

test('results of several runs are summed, todos count as skipped', async () => {
  const files = [results('a.json', [10, 0, 2, 1]), results('b.json', [5, 1, 0, 0])];
  expect(await lastLine(...files)).toEqual({ line: '15 passed, 1 failed, 3 skipped', failed: true });
  expect(await lastLine(files[0]!)).toEqual({ line: '10 passed, 0 failed, 3 skipped', failed: false });
});

test('a test file that does not load is a failure, and so is a run without results', async () => {
  const unloaded = results('c.json', [3, 0, 0, 0], [{ status: 'failed', assertionResults: [] }]);
  expect(await lastLine(unloaded)).toEqual({ line: '3 passed, 1 failed, 0 skipped', failed: true });
  const missing = join(scratch, 'missing.json');
  expect(await lastLine(missing)).toEqual({ line: '0 passed, 1 failed, 0 skipped', failed: true });
});
