import { existsSync, realpathSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineManifest, TargetName } from '../tensorflow-library/engine-cache.js';
import { type BuildTarget, isSource } from './build-targets.js';
import { lastLines, runProgram } from './run-program.js';

/** TensorFlow's folder inside an engine's, laid out as in the wheels, where its libraries find each other and CUDA's. */
const LIBRARY_FOLDER = 'site-packages/tensorflow';

/** Node-API's version, as tfjs-node uses it. */
export const NODE_API_VERSION = 8;

type BuiltTargets = EngineManifest['targets'];

/**
 * Compiles addons and puts them into an engine's folder, each in one step.
 * @param engineFolder where TensorFlow's libraries and headers are, and the addons go
 * @param working a folder on the same file system to build in
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
    // Copied first, for what node-gyp leaves may be a hard link.
    await copyFile(file, `${file}.copy`);
    await rename(`${file}.copy`, join(engineFolder, `${name}.node`));
    built[name] = { sources: hash, bytes: (await stat(join(engineFolder, `${name}.node`))).size };
  }
  await rm(folder, { recursive: true, force: true });
  return built;
}

/**
 * The build description for node-gyp.
 * @param engineFolder where TensorFlow's libraries and headers are
 */
export function bindingGyp(targets: readonly BuildTarget[], engineFolder: string): string {
  const libraryFolder = `${engineFolder}/${LIBRARY_FOLDER}`;
  const described = targets.map(({ name, files, libraries, flags }) => ({
    target_name: name,
    // gyp takes no absolute paths: each target's files are copied beside the description, into a folder of its name.
    sources: files.filter(isSource).map((file) => `${name}/${file}`),
    include_dirs: [`${libraryFolder}/include`],
    defines: [`NAPI_VERSION=${NODE_API_VERSION}`],
    // Node's own settings for addons turn exceptions off and name an optimization level and a standard.
    'cflags_cc!': ['-fno-exceptions', '-std=gnu++17', '-std=gnu++20'],
    'cflags!': ['-O3', '-O2'],
    cflags_cc: ['-std=c++17', ...flags],
    libraries: [
      ...libraries.map((library) => `${libraryFolder}/${library}`),
      // Twice escaped: for make, and for the shell that make starts.
      '-ldl',
      `-Wl,-rpath,\\$$ORIGIN/${LIBRARY_FOLDER}`,
    ],
  }));
  return `${JSON.stringify({ targets: described }, null, 2)}\n`;
}

/** The compiler that node-gyp uses, by the first line of its version. */
export async function compilerVersion(): Promise<string> {
  const { output } = await runProgram(process.env.CXX ?? 'c++', ['--version']);
  return output.split('\n')[0]!;
}

/**
 * Builds what a folder's binding.gyp describes, into `build/Release` there.
 * @throws BalancedRecError `provisioning/build-failed`
 */
async function runNodeGyp(folder: string): Promise<void> {
  const [command, ...args] = nodeGyp();
  const headers = dirname(dirname(process.execPath));
  // Where Node.js has come without its headers, node-gyp downloads them.
  const nodedir = existsSync(join(headers, 'include/node/common.gypi')) ? [`--nodedir=${headers}`] : [];
  const { ok, ended, output } = await runProgram(command!, [...args, 'rebuild', '--jobs=2', ...nodedir], {
    cwd: folder,
    env: { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) },
  });
  if (ok) return;
  throw new BalancedRecError({
    code: 'provisioning/build-failed',
    message: `the binding cannot be compiled\n${lastLines(output, 20)}`,
    expected: 'node-gyp to end well',
    found: ended,
    remedy: 'a C++17 compiler, and headers of Node.js beside it (or a way to nodejs.org)',
  });
}

/** npm brings node-gyp along; where npm is not beside Node.js, the registry has it. */
function nodeGyp(): string[] {
  for (const folder of [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)]) {
    try {
      const npm = realpathSync(join(folder, 'npm'));
      return [process.execPath, createRequire(npm).resolve('node-gyp/bin/node-gyp.js')];
    } catch {
      // Looked for in the next folder.
    }
  }
  return ['npx', '--yes', 'node-gyp@11'];
}
