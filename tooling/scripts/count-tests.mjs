// Sums vitest's JSON results. As a program: node count-tests.mjs FILE... prints the summary line of all files.
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** The counts of one result file. A test file that does not load counts as one failure; a missing result file too. */
export function countTests(path) {
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults, success } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  const unloaded = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const failed = numFailedTests + unloaded;
  return { passed: numPassedTests, failed: failed || (success ? 0 : 1), skipped: numPendingTests + numTodoTests };
}

export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const path of process.argv.slice(2)) {
    for (const [key, count] of Object.entries(countTests(path))) total[key] += count;
  }
  console.log(summaryLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}
