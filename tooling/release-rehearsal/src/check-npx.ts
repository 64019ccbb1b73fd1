import { mkdirSync, readdirSync } from 'node:fs';
import type { Checks } from './checks.js';
import { runProgram } from './run-program.js';

/** The command line by its name alone, in an empty folder: npx finds it, since its package has no scope, and leaves nothing there. */
export async function checkNpx(checks: Checks, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  mkdirSync(folder);
  await checks.check('npx balanced-rec doctor, where nothing is installed', async () => {
    const { output } = await runProgram({ command: ['npx', '--yes', 'balanced-rec', 'doctor'], cwd: folder, env });
    if (!/^engines\n(?: .*\n)* +wasm +ready/m.test(output))
      throw new Error(`it does not say that wasm is ready:\n${output}`);
    const left = readdirSync(folder);
    if (left.length > 0) throw new Error(`it left ${left.join(', ')} in the folder`);
  });
}
