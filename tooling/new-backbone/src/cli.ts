import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import { newBackbone } from './new-backbone.js';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
const [what, name, ...rest] = process.argv.slice(2);

if (what !== 'backbone' || name === undefined || rest.length > 0) {
  process.stderr.write('usage: pnpm new backbone NAME    (for example two-towers)\n');
  process.exitCode = 2;
} else {
  try {
    const [folder, changeset] = await newBackbone(name, workspace);
    process.stdout.write(`Created a backbone in ${folder} and its changeset ${changeset}. Next steps:

  pnpm install
  pnpm test:unit ${folder}
  pnpm balanced-rec train examples/data/planted --backbone ${name} --package ./${folder}/src/index.ts --out runs/${name}

The comments in ${folder}/src/${name}.ts say what to replace. Add a line for the new package to the list in README.md.
`);
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    process.stderr.write(`error ${error.code}\n${error.message}\n`);
    process.exitCode = 1;
  }
}
