import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checks } from './checks.js';
import { root } from './repository.js';
import { runProgram } from './run-program.js';

/** The examples that are standalone projects: they have a package.json and are not part of the workspace. */
export function consumerProjects(): string[] {
  const workspace = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  return readdirSync(join(root, 'examples'))
    .filter((name) => existsSync(join(root, 'examples', name, 'package.json')))
    .filter((name) => !workspace.includes(`- examples/${name}\n`));
}

/** Uses an example as its readers do: copies it to its own folder, then runs `npm install` and `npm test`. */
export async function checkConsumerProject(
  checks: Checks,
  name: string,
  into: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const from = join(root, 'examples', name);
  cpSync(from, into, {
    recursive: true,
    filter: (path) => !/^\/(?:node_modules|dist|out)\b/.test(path.slice(from.length)),
  });
  await checks.inTurn({
    [`${name} installs`]: () => npm(into, env, 'install'),
    [`${name} passes its tests`]: () => npm(into, env, 'test'),
  });
}

export async function npm(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  await runProgram({ command: ['npm', ...args], cwd, env });
}
