import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { runProgram } from './run-program.js';

/** A program that provisioning runs, under the first of its names that is found. */
interface Tool {
  readonly what: string;
  readonly names: readonly string[];
  readonly debianPackage: string;
}

const tools: readonly Tool[] = [
  { what: 'a C++ compiler', names: ['c++', 'g++', 'clang++'], debianPackage: 'g++' },
  { what: 'make', names: ['make', 'gmake'], debianPackage: 'make' },
  { what: 'Python 3', names: ['python3'], debianPackage: 'python3' },
];

const pip: Tool = { what: "Python's pip", names: ['python3 -m pip'], debianPackage: 'python3-pip' };

/**
 * Looks for the programs that provisioning needs, so that nothing is downloaded in vain.
 * @throws BalancedRecError `provisioning/missing-tools`
 */
export async function requireTools(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const missing = tools.filter(({ names }) => !names.some((name) => isOnPath(name, env)));
  const hasPython = missing.every(({ names }) => !names.includes('python3'));
  if (hasPython && !(await runProgram('python3', ['-m', 'pip', '--version'], { env })).ok) missing.push(pip);
  if (missing.length === 0) return;
  throw new BalancedRecError({
    code: 'provisioning/missing-tools',
    message: 'programs that building the engine needs are not installed',
    expected: `${tools.map(({ what }) => what).join(', ')} and ${pip.what}`,
    found: `no ${missing.map(({ what, names }) => `${what} (${names.join(', ')})`).join(', no ')}`,
    remedy: `for example apt-get install ${missing.map(({ debianPackage }) => debianPackage).join(' ')}`,
  });
}

function isOnPath(name: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}
