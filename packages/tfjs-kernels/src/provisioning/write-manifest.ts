import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cpuFlags, cpuModel } from '../tensorflow-library/cpu-flags.js';
import { type EngineManifest, engineFiles, MANIFEST_FORMAT } from '../tensorflow-library/engine-cache.js';
import { NODE_API_VERSION } from './binding-gyp.js';
import { compilerVersion } from './compile.js';
import { folderSize } from './folder-size.js';
import { TENSORFLOW_VERSION } from './pinned-wheels.js';

/** Writes an engine's manifest, in one step. */
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
