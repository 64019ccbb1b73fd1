import { existsSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineManifest, TargetName } from '../tensorflow-library/engine-cache.js';
import { type BuildTarget, isSource } from './build-targets.js';
import { lastLines, runProgram } from './run-program.js';

/** TensorFlow's folder within an engine's folder. It is laid out as in the wheels, so the libraries find each other and CUDA's. */
const LIBRARY_FOLDER = 'site-packages/tensorflow';

/** The Node-API version that tfjs-node uses. */
export const NODE_API_VERSION = 8;

type BuiltTargets = EngineManifest['targets'];

/**
 * Compiles addons and moves each into an engine's folder atomically.
 * @param engineFolder contains TensorFlow's libraries and headers, and receives the addons
 * @param working a build folder on the same file system
 * @throws BalancedRecError `provisioning/build-failed`
 */
export async function compile(
  targets: readonly BuildTarget[],
  engineFolder: string,
  working: string,
): Promise<BuiltTargets> {
  const folder = join(working, 'build-of-addons');
  for (const { name, folder: sources, files } of targets) {
    await mkdir(join(folder, name), { recursive: true });
    for (const file of files) await copyFile(join(sources, file), join(folder, name, file));
  }
  await writeFile(join(folder, 'binding.gyp'), bindingGyp(targets, engineFolder));
  await runNodeGyp(folder);
  const built: Partial<Record<TargetName, { sources: string; bytes: number }>> = {};
  for (const { name, hash } of targets) {
    const file = join(folder, 'build/Release', `${name}.node`);
    // Copied first, because node-gyp's output may be a hard link.
    await copyFile(file, `${file}.copy`);
    await rename(`${file}.copy`, join(engineFolder, `${name}.node`));
    built[name] = { sources: hash, bytes: (await stat(join(engineFolder, `${name}.node`))).size };
  }
  await rm(folder, { recursive: true, force: true });
  return built;
}

/**
 * The build description for node-gyp.
 * @param engineFolder contains TensorFlow's libraries and headers
 */
export function bindingGyp(targets: readonly BuildTarget[], engineFolder: string): string {
  const libraryFolder = `${engineFolder}/${LIBRARY_FOLDER}`;
  const described = targets.map(({ name, files, libraries, flags }) => ({
    target_name: name,
    // gyp does not accept absolute paths, so each target's files are copied next to the description, into a folder of its name.
    sources: files.filter(isSource).map((file) => `${name}/${file}`),
    include_dirs: [`${libraryFolder}/include`],
    defines: [`NAPI_VERSION=${NODE_API_VERSION}`],
    // Node's default settings for addons turn exceptions off and set an optimization level and a standard.
    'cflags_cc!': ['-fno-exceptions', '-std=gnu++17', '-std=gnu++20'],
    'cflags!': ['-O3', '-O2'],
    cflags_cc: ['-std=c++17', ...flags],
    libraries: [
      ...libraries.map((library) => `${libraryFolder}/${library}`),
      // Escaped twice: for make, and for the shell that make starts.
      '-ldl',
      `-Wl,-rpath,\\$$ORIGIN/${LIBRARY_FOLDER}`,
    ],
  }));
  return `${JSON.stringify({ targets: described }, null, 2)}\n`;
}

/** The compiler that node-gyp uses, as the first line of its version output. */
export async function compilerVersion(): Promise<string> {
  const { output } = await runProgram(process.env.CXX ?? 'c++', ['--version']);
  return output.split('\n')[0]!;
}

/**
 * Builds a folder's binding.gyp into `build/Release` in that folder.
 * @throws BalancedRecError `provisioning/build-failed`
 */
async function runNodeGyp(folder: string): Promise<void> {
  const [command, ...args] = nodeGyp();
  const headers = dirname(dirname(process.execPath));
  // If Node.js was installed without its headers, node-gyp downloads them.
  const nodedir = existsSync(join(headers, 'include/node/common.gypi')) ? [`--nodedir=${headers}`] : [];
  const { ok, ended, output } = await runProgram(command!, [...args, 'rebuild', '--jobs=2', ...nodedir], {
    cwd: folder,
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
  });
  if (ok) return;
  throw new BalancedRecError({
    code: 'provisioning/build-failed',
    message: `the binding could not be compiled\n${lastLines(output, 20)}`,
    expected: 'node-gyp to succeed',
    found: ended,
    remedy: 'install a C++17 compiler and the Node.js headers (or allow access to nodejs.org)',
  });
}

/** npm includes node-gyp. If npm is not installed with Node.js, node-gyp comes from the registry. */
function nodeGyp(): string[] {
  for (const folder of [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)]) {
    try {
      const npm = realpathSync(join(folder, 'npm'));
      return [process.execPath, createRequire(npm).resolve('node-gyp/bin/node-gyp.js')];
    } catch {
      // Try the next folder.
    }
  }
  return ['npx', '--yes', 'node-gyp@11'];
}
