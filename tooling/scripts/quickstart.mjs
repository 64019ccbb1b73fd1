// npm run quickstart: goes from a clean clone to a first report, with only Node.js and npm installed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pnpm, requireNode, root, run } from './steps.mjs';

const out = 'runs/quickstart';
const steps = [
  ['Installing the dependencies', [...pnpm, 'install', '--frozen-lockfile', '--reporter=append-only']],
  ['Building the packages', [...pnpm, 'exec', 'turbo', 'run', 'build', '--output-logs=errors-only']],
  [
    'Comparing all six backbones, plain and with CKD, on a small synthetic dataset',
    ['node', 'packages/balanced-rec/dist/cli.js', 'compare', 'examples/quickstart.yaml', '--out', out],
  ],
];

requireNode();
const start = performance.now();
for (const [index, [what, command]] of steps.entries()) {
  console.log(`\n[${index + 1}/${steps.length}] ${what}\n      ${command.join(' ')}\n`);
  const { ok, seconds, why } = run(command);
  if (!ok) {
    console.error(`\nquickstart stopped: "${what}" failed (${why}); see its output above.`);
    process.exit(1);
  }
  console.log(`      done in ${seconds.toFixed(0)} s`);
}
const report = join(root, out, 'report.html');
if (!existsSync(report)) {
  console.error(`\nquickstart stopped: no report was written at ${report}.`);
  process.exit(1);
}
console.log(`
Done in ${((performance.now() - start) / 1000).toFixed(0)} s. Open the report in a browser:

  ${pathToFileURL(report).href}

${out}/summary.md contains the same report as text. Finished runs are kept, so a second quickstart only runs what is missing.`);
