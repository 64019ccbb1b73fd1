import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineManifest, TargetName } from '../tensorflow-library/engine-cache.js';
import { bindingGyp } from './binding-gyp.js';
import type { BuildTarget } from './build-targets.js';
import { runNodeGyp } from './node-gyp.js';
import { runProgram } from './run-program.js';

export type BuiltTargets = EngineManifest['targets'];

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

/** The compiler that node-gyp uses, by the first line of its version. */
export async function compilerVersion(): Promise<string> {
  const { output } = await runProgram(process.env.CXX ?? 'c++', ['--version']);
  return output.split('\n')[0]!;
}
