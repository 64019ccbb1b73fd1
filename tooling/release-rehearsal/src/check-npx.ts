import { mkdirSync, readdirSync } from 'node:fs';
import type { Checks } from './checks.js';
import { runProgram } from './run-program.js';

/** Runs the command line through npx in an empty folder. Its package has no scope, so its bare name works; no files may remain. */
export async function checkNpx(checks: Checks, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(folder);
  await checks.check('npx balanced-rec doctor where nothing is installed', async () => {
    const { output } = await runProgram({ command: ['npx', '--yes', 'balanced-rec', 'doctor'], cwd: folder, env });
    if (!/^engines\n(?: .*\n)* +wasm +ready/m.test(output))
      throw new Error(`it does not report wasm as ready:\n${output}`);
    const left = readdirSync(folder);
    if (left.length > 0) throw new Error(`it left ${left.join(', ')} in the folder`);
  });
}
