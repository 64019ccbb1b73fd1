// Sums vitest's JSON results. As a program, node count-tests.mjs FILE... prints the failures and one summary line for all files.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The counts in one result file. A test file that does not load counts as one failure, and so does a missing result file. */
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

/**
 * A line for each test in a result file that failed or passed only on its second attempt, and for each test file that did not load.
 * Each includes the first line of the reason.
 */
export function failureLines(path) {
  if (!existsSync(path)) return [`FAILED: no results in ${path}`];
  return JSON.parse(readFileSync(path, 'utf8')).testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const faulty = assertionResults.filter(({ failureMessages = [] }) => failureMessages.length > 0);
    if (status === 'failed' && !faulty.some((test) => test.status === 'failed')) {
      return [`FAILED: ${file}: ${firstLine(message)}`];
    }
    return faulty.map(({ fullName, status, failureMessages }) => {
      return `${status === 'failed' ? 'FAILED' : 'FLAKY'}: ${file} > ${fullName}: ${firstLine(failureMessages[0])}`;
    });
  });
}

function firstLine(text) {
  return text.trim().split('\n')[0];
}

export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const path of process.argv.slice(2)) {
    for (const [key, count] of Object.entries(countTests(path))) total[key] += count;
    for (const line of failureLines(path)) console.log(line);
  }
  console.log(summaryLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}
