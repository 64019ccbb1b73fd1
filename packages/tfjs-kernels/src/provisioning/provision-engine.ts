import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CachedEngine,
  cachedEngine,
  engineFolder,
  type TensorFlowEngine,
} from '../tensorflow-library/engine-cache.js';
import { findPackage, officialBinding, type TensorFlowPackage } from '../tensorflow-library/tensorflow-package.js';
import { type BuildTarget, buildTargets } from './build-targets.js';
import { compile } from './compile.js';
import { makeWorkingFolder, moveIntoPlace, writeManifest } from './engine-folder.js';
import { verifyEngine } from './inspect-engine.js';
import { installOfficially } from './official-install.js';
import { pinnedWheels } from './pinned-wheels.js';
import { planFor } from './plan.js';
import { requirePlatform, requireTools } from './prerequisites.js';
import { cudaFiles, downloadWheels, extract, tensorflowFiles } from './wheels.js';

/** Receives one line of progress. */
export type Report = (line: string) => void;

/**
 * Installs TensorFlow's library for an engine, compiles the engine's binding and our kernels against it, and verifies the result. Skips
 * what is already up to date, and leaves the cache unchanged if a step fails.
 *
 * @param report receives one line per step
 * @throws BalancedRecError `engine/unavailable` if the engine's package is not installed; `provisioning/unsupported-platform`,
 * `provisioning/missing-tools`, `provisioning/download-failed`, `provisioning/extraction-failed`, `provisioning/build-failed`;
 * `provisioning/verification-failed` if the installed engine does not work
 */
export async function provisionEngine(engine: TensorFlowEngine, report: Report): Promise<void> {
  const found = findPackage(engine);
  report(`package: ${found.name} ${found.version} in ${found.folder}`);
  const before = planFor(engine, found);
  if (before.kind === 'current') {
    const { folder, manifest } = cachedEngine(engine)!;
    report(`up to date: TensorFlow ${manifest.tensorflow} in ${folder}; nothing to do`);
  }
  if (before.kind === 'everything') await provideLibrary(engine, found, report);
  // Our kernels come last, so that the engine is usable even if they cannot be compiled.
  const rest = planFor(engine, found);
  if (rest.kind === 'compile') await compileAgain(cachedEngine(engine)!, rest.targets, rest.drop, report);
  await step(
    report,
    'verified',
    () => verifyEngine(engine),
    (compared) => `differences from float64: ${compared}`,
  );
}

async function provideLibrary(engine: TensorFlowEngine, found: TensorFlowPackage, report: Report): Promise<void> {
  await step(
    report,
    "the package's own install step",
    () => installOfficially(found),
    (why) => (why === undefined ? 'installed a binding' : `failed, ${why}; continuing without it`),
  );
  if (!usesWheels(engine, found)) return;
  await requireTools();
  const folder = engineFolder(engine);
  const working = await makeWorkingFolder(folder);
  try {
    const finished = join(working, 'engine');
    const wheels = await provideLibraries(engine, working, finished, report);
    const withoutKernels = buildTargets(found).filter(({ name }) => name !== 'balanced_rec_kernels');
    const built = await compileAddons(withoutKernels, finished, working, report);
    const { bytes } = await writeManifest(finished, {
      engine,
      package: { name: found.name, version: found.version },
      wheels,
      targets: built,
    });
    await moveIntoPlace(finished, folder);
    report(`installed: ${megabytes(bytes)} in ${folder}`);
  } finally {
    await rm(working, { recursive: true, force: true });
  }
}

/** Wheels bring our kernels and a newer TensorFlow. On platforms without wheels, the package's own binding is enough. */
function usesWheels(engine: TensorFlowEngine, found: TensorFlowPackage): boolean {
  try {
    requirePlatform(engine);
    return true;
  } catch (error) {
    if (officialBinding(found) === undefined) throw error;
    return false;
  }
}

async function provideLibraries(engine: TensorFlowEngine, working: string, finished: string, report: Report) {
  const downloads = join(working, 'wheels');
  await mkdir(downloads);
  const pinned = pinnedWheels[engine];
  const wheels = await step(
    report,
    `downloaded ${pinned.map(({ project, version }) => `${project} ${version}`).join(', ')}`,
    () => downloadWheels(pinned, downloads),
    (files) => `${megabytes(files.reduce((sum, { bytes }) => sum + bytes, 0))}, hashes match`,
  );
  await step(report, "unpacked TensorFlow's libraries and headers", () =>
    extract(
      wheels.map(({ path }) => path),
      engine === 'gpu' ? `${tensorflowFiles}|${cudaFiles}` : tensorflowFiles,
      join(finished, 'site-packages'),
    ),
  );
  await rm(downloads, { recursive: true });
  return wheels.map(({ file, sha256, bytes }) => ({ file, sha256, bytes }));
}

async function compileAgain(
  { folder, manifest }: CachedEngine,
  targets: readonly BuildTarget[],
  drop: readonly BuildTarget['name'][],
  report: Report,
): Promise<void> {
  await requireTools();
  const working = await makeWorkingFolder(folder);
  try {
    const built = targets.length > 0 ? await compileAddons(targets, folder, working, report) : {};
    const kept = Object.entries(manifest.targets).filter(([name]) => !drop.includes(name as BuildTarget['name']));
    for (const name of drop) await rm(join(folder, `${name}.node`), { force: true });
    await writeManifest(folder, { ...manifest, targets: { ...Object.fromEntries(kept), ...built } });
  } finally {
    await rm(working, { recursive: true, force: true });
  }
}

function compileAddons(targets: readonly BuildTarget[], folder: string, working: string, report: Report) {
  return step(report, `compiled ${targets.map(({ name }) => name).join(', ')}`, () =>
    compile(targets, folder, working),
  );
}

/** Runs a step and reports in one line what it did and how long it took. */
async function step<Result>(
  report: Report,
  what: string,
  run: () => Promise<Result>,
  outcome: (result: Result) => string = () => 'done',
): Promise<Result> {
  const start = performance.now();
  const result = await run();
  report(`${what}: ${outcome(result)} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
