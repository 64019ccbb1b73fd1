import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import { newBackbone } from './new-backbone.js';

const workspace = fileURLToPath(new URL('../../..', import.meta.url));
const [what, name, ...rest] = process.argv.slice(2);

if (what !== 'backbone' || name === undefined || rest.length > 0) {
  process.stderr.write('usage: pnpm new backbone NAME    for example two-towers\n');
  process.exitCode = 2;
} else {
  try {
    const [folder, changeset] = await newBackbone(name, workspace);
    process.stdout.write(`${folder} is a backbone, ${changeset} announces it. What to do next:

  pnpm install
  pnpm test:unit ${folder}
  pnpm balanced-rec train examples/data/planted --backbone ${name} --package ./${folder}/src/index.ts --out runs/${name}

${folder}/src/${name}.ts says what to replace. README.md lists the packages: it needs a line for this one.
`);
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    process.stderr.write(`error ${error.code}\n${error.message}\n`);
    process.exitCode = 1;
  }
}
