import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { type PinnedWheel, requirements, wheelTarget } from './pinned-wheels.js';
import { lastLines, runProgram } from './run-program.js';

export interface DownloadedWheel {
  readonly path: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

/**
 * Downloads wheels with pip, from the package index that it is configured for. pip checks the hashes.
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
    message: `pip cannot download the wheels\n${lastLines(output)}`,
    expected: wheels.map(({ project, version }) => `${project} ${version}`).join(', '),
    found,
    remedy:
      'check that pip reaches a package index (pip config list, PIP_INDEX_URL, PIP_CERT) and that the disk has room',
  });
}
