import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cpuFlags, cpuModel } from '../tensorflow-library/cpu-flags.js';
import {
  type EngineManifest,
  engineFiles,
  engineFolder,
  MANIFEST_FORMAT,
  type TensorFlowEngine,
} from '../tensorflow-library/engine-cache.js';
import { compilerVersion, NODE_API_VERSION } from './compile.js';
import { TENSORFLOW_VERSION } from './pinned-wheels.js';

/**
 * Creates a build folder next to an engine's folder, on the same file system, and removes those left by killed processes.
 * @param folder the engine's folder
 */
export async function makeWorkingFolder(folder: string): Promise<string> {
  await removeLeftovers(folder);
  const working = join(dirname(folder), `${leftoverStart(folder)}${process.pid}`);
  await mkdir(working, { recursive: true });
  return working;
}

/** Moves a finished folder into an engine's place and removes the previous one. */
export async function moveIntoPlace(finished: string, folder: string): Promise<void> {
  const old = join(dirname(folder), `${leftoverStart(folder)}${process.pid}-old`);
  await rename(folder, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rename(finished, folder);
  await rm(old, { recursive: true, force: true });
}

/** Writes an engine's manifest atomically. */
export async function writeManifest(
  folder: string,
  parts: Pick<EngineManifest, 'engine' | 'package' | 'wheels' | 'targets'>,
): Promise<EngineManifest> {
  const file = join(folder, engineFiles.manifest);
  await rm(file, { force: true });
  const manifest: EngineManifest = {
    format: MANIFEST_FORMAT,
    tensorflow: TENSORFLOW_VERSION,
    ...parts,
    cpu: { model: cpuModel(), flags: cpuFlags() },
    node: process.versions.node,
    nodeApi: NODE_API_VERSION,
    compiler: await compilerVersion(),
    bytes: await folderSize(folder),
    madeAt: new Date().toISOString(),
  };
  await writeFile(`${file}.new`, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(`${file}.new`, file);
  return manifest;
}

/**
 * Removes a provisioned engine from the cache.
 * @returns the number of bytes it occupied; 0 if there was none
 */
export async function removeEngine(engine: TensorFlowEngine): Promise<number> {
  const folder = engineFolder(engine);
  const bytes = await folderSize(folder);
  await rm(folder, { recursive: true, force: true });
  await removeLeftovers(folder);
  return bytes;
}

/** Removes an engine's working folders whose processes no longer run. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = dirname(folder);
  const start = leftoverStart(folder);
  for (const name of await readdir(parent).catch(() => [])) {
    const owner = name.startsWith(start) ? Number.parseInt(name.slice(start.length), 10) : process.pid;
    if (owner !== process.pid && !isRunning(owner)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function leftoverStart(folder: string): string {
  return `.${basename(folder)}-`;
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The total size of all files below a folder, in bytes; 0 if the folder does not exist. */
async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => !entry.isDirectory());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await lstat(join(parentPath, name))).size),
  );
  return sizes.reduce((a, b) => a + b, 0);
}
