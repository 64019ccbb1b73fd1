import { BalancedRecError } from '@balanced-rec/errors';
import { lastLines, runProgram } from './run-program.js';

/** Python, which is here for pip anyway, reads the archives: wheel by wheel the files of which a path matches. */
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

/** TensorFlow's two libraries, and the headers that its C interface includes. */
export const tensorflowFiles =
  'tensorflow/lib[^/]*[.]so[.]2|tensorflow/include/(tensorflow/c|tensorflow/core/platform|tensorflow/core/common_runtime/next_pluggable_device/c|tsl/platform|xla/tsl/c)/.*[.]h';

/** CUDA's libraries, for the GPU build; and ptxas, libdevice, which TensorFlow compiles kernels with, and looks for beside itself. */
export const cudaFiles = 'nvidia/[^/]+/lib/.*[.]so[.0-9]*|nvidia/cuda_nvcc/(bin|nvvm)/.*';

/**
 * Extracts a part of some wheels.
 * @param pattern a regular expression of Python's that a file's whole path must match
 * @throws BalancedRecError `provisioning/extraction-failed`
 */
export async function extract(wheels: readonly string[], pattern: string, folder: string): Promise<void> {
  const { ok, ended, output } = await runProgram('python3', ['-c', script, folder, pattern, ...wheels]);
  if (ok) return;
  throw new BalancedRecError({
    code: 'provisioning/extraction-failed',
    message: `the wheels cannot be unpacked\n${lastLines(output, 3)}`,
    place: folder,
    expected: 'room for about 1 GB (native) or 6 GB (gpu), and the right to write there',
    found: ended,
    remedy: 'make room, or name another folder with BALANCED_REC_CACHE',
  });
}
