import { relative } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { createBackbone } from './create-backbone.js';

const usage = 'usage: npm create @balanced-rec/backbone NAME    (for example two-towers or @you/two-towers)\n';

// What is created is complete, whether or not anyone can read about it.
process.stderr.on('error', () => {});
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') return;
  process.stderr.write(`cannot write to standard output: ${message}\n`);
  process.exitCode = 1;
});

const [packageName, ...rest] = process.argv.slice(2);

if (packageName === '--help') process.stdout.write(usage);
else if (packageName === undefined || rest.length > 0) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  try {
    const parent = process.cwd();
    const { folder, name, nameIsFree } = await createBackbone({ packageName, parent });
    if (!nameIsFree) process.stderr.write(`the npm registry did not respond, so ${packageName} may already be taken\n`);
    process.stdout.write(`Created a backbone in ${relative(parent, folder)}/. Next steps:

  cd ${relative(parent, folder)}
  npm install
  npm run build
  npm test
  npx balanced-rec train DATASET --backbone ${name} --package ./dist/index.js --out out

The comments in src/${name}.ts say what to replace.
`);
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    process.stderr.write(`error ${error.code}\n${error.message}\n`);
    process.exitCode = 1;
  }
}
