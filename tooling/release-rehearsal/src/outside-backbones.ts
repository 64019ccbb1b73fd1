import { join } from 'node:path';
import type { Checks } from './checks.js';
import { npm } from './consumer-projects.js';
import { root } from './repository.js';
import { runProgram } from './run-program.js';

/** Runs `npm create @balanced-rec/backbone` in an empty folder, then installs and tests the project. */
export async function createBackboneProject(checks: Checks, parent: string, env: NodeJS.ProcessEnv): Promise<string> {
  const folder = join(parent, 'two-towers');
  await checks.inTurn({
    'npm create @balanced-rec/backbone creates a project': () =>
      npm(parent, env, 'create', '--yes', '@balanced-rec/backbone', '@outside/two-towers'),
    'two-towers installs': () => npm(folder, env, 'install'),
    'two-towers passes the test kit': () => npm(folder, env, 'test'),
  });
  return folder;
}

/** Type-checks, builds and trains a backbone project that has passed its tests. */
export async function checkBackboneProject(
  checks: Checks,
  name: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const data = join(root, 'examples/data/planted');
  const options = ['--package', './dist/index.js', '--engine', 'wasm', '--max-epochs', '3', '--out', 'out'];
  await checks.inTurn({
    [`${name} passes the type check`]: () => npm(folder, env, 'run', 'test:types'),
    [`${name} builds`]: () => npm(folder, env, 'run', 'build'),
    [`${name} trains`]: async () => {
      await runProgram({
        command: ['npx', 'balanced-rec', 'train', data, '--backbone', name, ...options],
        cwd: folder,
        env,
      });
    },
  });
}
