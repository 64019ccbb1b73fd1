// `pnpm paper-dry-run`: examples/paper-dry-run.yaml on Amazon Baby's real interactions with generated features. See docs/paper.md for a result.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BalancedRecError } from '@balanced-rec/errors';
import { addFeatures } from './add-features.js';
import { babyColumns, babyFolder, babyInteractions, babySizes } from './baby.js';

process.chdir(fileURLToPath(new URL('../../../..', import.meta.url)));

/** Runs the command line from source. Returns false if it failed; it has then printed its own error. */
function balancedRec(...args: string[]): boolean {
  console.log(`\n$ pnpm balanced-rec ${args.join(' ')}\n`);
  const node = [...process.execArgv, 'packages/balanced-rec/src/cli.ts', ...args];
  return spawnSync(process.execPath, node, { stdio: 'inherit' }).status === 0;
}

async function main(): Promise<number> {
  if (!existsSync(babyInteractions)) {
    console.log(`SKIPPED: ${babyInteractions} is missing; docs/paper.md says where to get the paper's data`);
    return 0;
  }
  console.log(`writing ${babyFolder}: interactions from ${babyInteractions}, generated features`);
  await addFeatures(babyInteractions, babyFolder, babyColumns);
  const checked = balancedRec('check', babyFolder, '--no-probe', '--expect', babySizes);
  return checked && balancedRec('compare', 'examples/paper-dry-run.yaml', ...process.argv.slice(2)) ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof BalancedRecError ? error.message : error);
  process.exitCode = 1;
}
