import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { TensorFlowEngine } from '../tensorflow-library/engine-cache.js';
import { packageNames } from '../tensorflow-library/tensorflow-package.js';
import { runProgram } from './run-program.js';

/** The properties of a machine that determine whether the wheels' libraries run on it. */
interface Platform {
  readonly system: string;
  readonly architecture: string;
  /** Undefined if the C library is not glibc. */
  readonly glibc: string | undefined;
}

/**
 * Refuses machines that the pinned wheels do not support.
 * @throws BalancedRecError `provisioning/unsupported-platform`
 */
export function requirePlatform(engine: TensorFlowEngine, platform: Platform = thisPlatform()): void {
  const { system, architecture, glibc } = platform;
  if (system === 'linux' && architecture === 'x64' && glibc !== undefined && atLeast(glibc, [2, 27])) return;
  throw new BalancedRecError({
    code: 'provisioning/unsupported-platform',
    message: `none of the pinned TensorFlow wheels supports this machine`,
    expected: 'Linux on x64 with glibc 2.27 or newer',
    found: `${system} on ${architecture}${system === 'linux' ? ` with ${glibc ? `glibc ${glibc}` : 'another C library'}` : ''}`,
    remedy: `run the package's own install step: npm rebuild ${packageNames[engine]} --build-addon-from-source`,
  });
}

function atLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first > major || (first === major && second >= minor);
}

function thisPlatform(): Platform {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return { system: process.platform, architecture: process.arch, glibc: header?.glibcVersionRuntime };
}

/** A program that provisioning runs, under the first of its names that exists. */
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
 * Checks for the programs that provisioning needs before anything is downloaded.
 * @throws BalancedRecError `provisioning/missing-tools`
 */
export async function requireTools(env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const missing = tools.filter(({ names }) => !names.some((name) => isOnPath(name, env)));
  const hasPython = missing.every(({ names }) => !names.includes('python3'));
  if (hasPython && !(await runProgram('python3', ['-m', 'pip', '--version'], { env })).ok) missing.push(pip);
  if (missing.length === 0) return;
  throw new BalancedRecError({
    code: 'provisioning/missing-tools',
    message: 'programs needed to build the engine are not installed',
    expected: `${tools.map(({ what }) => what).join(', ')} and ${pip.what}`,
    found: `no ${missing.map(({ what, names }) => `${what} (${names.join(', ')})`).join(', no ')}`,
    remedy: `install them, for example: apt-get install ${missing.map(({ debianPackage }) => debianPackage).join(' ')}`,
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
