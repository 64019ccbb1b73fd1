import { BalancedRecError } from '@balanced-rec/errors';
import type { TensorFlowEngine } from '../tensorflow-library/engine-cache.js';
import { packageNames } from '../tensorflow-library/tensorflow-package.js';

/** What the wheels' libraries need. */
interface Platform {
  readonly system: string;
  readonly architecture: string;
  /** Undefined where the C library is another one. */
  readonly glibc: string | undefined;
}

/**
 * Refuses machines that the pinned wheels are not made for.
 * @throws BalancedRecError `provisioning/unsupported-platform`
 */
export function requirePlatform(engine: TensorFlowEngine, platform: Platform = thisPlatform()): void {
  const { system, architecture, glibc } = platform;
  if (system === 'linux' && architecture === 'x64' && glibc !== undefined && atLeast(glibc, [2, 27])) return;
  throw new BalancedRecError({
    code: 'provisioning/unsupported-platform',
    message: `there is no TensorFlow library for this machine among the pinned wheels`,
    expected: 'Linux on x64 with glibc 2.27 or newer',
    found: `${system} on ${architecture}${system === 'linux' ? ` with ${glibc ? `glibc ${glibc}` : 'another C library'}` : ''}`,
    remedy: `the package's own install step: npm rebuild ${packageNames[engine]} --build-addon-from-source`,
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
