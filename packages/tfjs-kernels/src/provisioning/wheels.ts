import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { type PinnedWheel, wheelTarget } from './pinned-wheels.js';
import { lastLines, runProgram } from './run-program.js';

/** TensorFlow's two libraries, and the headers that its C interface includes. */
export const tensorflowFiles =
  'tensorflow/lib[^/]*[.]so[.]2|tensorflow/include/(tensorflow/c|tensorflow/core/platform|tensorflow/core/common_runtime/next_pluggable_device/c|tsl/platform|xla/tsl/c)/.*[.]h';

/** CUDA's libraries for the GPU build, plus ptxas and libdevice, which TensorFlow uses to compile kernels and looks for next to itself. */
export const cudaFiles = 'nvidia/[^/]+/lib/.*[.]so[.0-9]*|nvidia/cuda_nvcc/(bin|nvvm)/.*';

interface DownloadedWheel {
  readonly path: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Downloads wheels with pip from its configured package index. pip checks the hashes.
 * @throws BalancedRecError `provisioning/download-failed`
 */
export async function downloadWheels(wheels: readonly PinnedWheel[], folder: string): Promise<DownloadedWheel[]> {
  const list = join(folder, 'requirements.txt');
  await writeFile(list, requirements(wheels));
  const { ok, ended, output } = await runProgram('python3', pipArguments(list, folder));
  if (!ok) throw failed(wheels, ended, output);
  const files = await readdir(folder);
  return Promise.all(
    wheels.map(async ({ project, version, sha256 }) => {
      const start = `${project.replaceAll('-', '_')}-${version}-`;
      const file = files.find((name) => name.startsWith(start) && name.endsWith('.whl'));
      if (file === undefined) throw failed(wheels, `no ${start}*.whl among ${files.join(', ')}`, output);
      const path = join(folder, file);
      return { path, file, sha256, bytes: (await stat(path)).size };
    }),
  );
}

/**
 * Extracts some of the files in wheels.
 * @param pattern a Python regular expression that a file's entire path must match
 * @throws BalancedRecError `provisioning/extraction-failed`
 */
export async function extract(wheels: readonly string[], pattern: string, folder: string): Promise<void> {
  const { ok, ended, output } = await runProgram('python3', ['-c', script, folder, pattern, ...wheels]);
  if (ok) return;
  throw new BalancedRecError({
    code: 'provisioning/extraction-failed',
    message: `the wheels could not be unpacked\n${lastLines(output, 3)}`,
    place: folder,
    expected: 'about 1 GB (native) or 6 GB (gpu) of free space, and permission to write',
    found: ended,
    remedy: 'free up space, or set BALANCED_REC_CACHE to another folder',
  });
}

/** A pip requirements file that accepts only these files. */
export function requirements(wheels: readonly PinnedWheel[]): string {
  return wheels.map(({ project, version, sha256 }) => `${project}==${version} --hash=sha256:${sha256}\n`).join('');
}

function pipArguments(list: string, folder: string): string[] {
  const { python, implementation, abi, platforms } = wheelTarget;
  return [
    ...['-m', 'pip', 'download', '--quiet', '--progress-bar=off', '--disable-pip-version-check', '--no-deps'],
    ...['--require-hashes', '--only-binary=:all:', `--requirement=${list}`, `--dest=${folder}`],
    ...[`--python-version=${python}`, `--implementation=${implementation}`, `--abi=${abi}`],
    ...platforms.map((platform) => `--platform=${platform}`),
  ];
}

function failed(wheels: readonly PinnedWheel[], found: string, output: string): BalancedRecError {
  return new BalancedRecError({
    code: 'provisioning/download-failed',
    message: `pip could not download the wheels\n${lastLines(output)}`,
    expected: wheels.map(({ project, version }) => `${project} ${version}`).join(', '),
    found,
    remedy:
      'check that pip can reach a package index (pip config list, PIP_INDEX_URL, PIP_CERT) and that there is free disk space',
  });
}

/** Python, which pip requires anyway, extracts from each wheel the files whose path matches. */
const script = `
import os, re, sys, zipfile
folder, pattern, *wheels = sys.argv[1:]
for wheel in wheels:
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if re.fullmatch(pattern, entry.filename) and not entry.is_dir():
                path = archive.extract(entry, folder)
                os.chmod(path, (entry.external_attr >> 16) & 0o777 | 0o644)
`;
