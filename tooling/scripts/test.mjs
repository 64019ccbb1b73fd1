// npm test: runs all checks a change must pass, from a clean clone with only Node.js and npm installed.
// The last line counts the tests: "N passed, M failed, K skipped". A failure of any other step counts as one failed test.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countTests, failureLines, summaryLine } from './count-tests.mjs';
import { pnpm, requireNode, run } from './steps.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'balanced-rec-test-'));
const results = join(scratch, 'vitest.json');
const turbo = (task) => [...pnpm, 'exec', 'turbo', 'run', task, '--output-logs=errors-only', '--continue'];
const steps = [
  { name: 'build', command: turbo('build') },
  { name: 'types', command: [...pnpm, '--silent', 'test:types'] },
  { name: 'lint', command: [...pnpm, 'exec', 'biome', 'check', '--error-on-warnings', '.'] },
  { name: 'nothing unused', command: [...pnpm, 'exec', 'knip', '--treat-config-hints-as-errors'] },
  {
    name: 'tests',
    command: [
      ...pnpm,
      'exec',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${results}`,
    ],
  },
  { name: 'packed packages', command: turbo('test:build') },
];

requireNode();
const install = run([...pnpm, 'install', '--frozen-lockfile', '--reporter=append-only']);
const failed = install.ok ? runSteps() : [`install (${install.why})`];
const counts = install.ok ? countTests(results) : { passed: 0, failed: 0, skipped: 0 };
// Repeated at the end, where readers look for them.
if (install.ok) for (const line of failureLines(results)) console.error(line);
rmSync(scratch, { recursive: true, force: true });
for (const step of failed) console.error(`FAILED: ${step}`);
// A failed run of the tests is already in their counts.
counts.failed += failed.filter((step) => !step.startsWith('tests ') || counts.failed === 0).length;
process.exitCode = counts.failed > 0 ? 1 : 0;
console.log(`\n${summaryLine(counts)}`);

function runSteps() {
  const failures = [];
  for (const { name, command } of steps) {
    console.log(`\n== ${name}`);
    const { ok, seconds, why } = run(command);
    console.log(`== ${name}: ${ok ? 'ok' : 'FAILED'}, ${seconds.toFixed(0)} s`);
    if (!ok) failures.push(`${name} (${why})`);
  }
  return failures;
}
