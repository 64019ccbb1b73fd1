import { BalancedRecError } from '@balanced-rec/errors';

/** What the operating system's error codes mean for a write. */
const KINDS: readonly {
  readonly codes: readonly string[];
  readonly code: string;
  readonly message: string;
  readonly expected: string;
  readonly remedy: string;
}[] = [
  {
    codes: ['ENOSPC', 'EDQUOT', 'EFBIG'],
    code: 'files/no-space',
    message: 'no space left to write',
    expected: 'a disk or quota with free space',
    remedy: 'free some space and run the same command again; finished work is kept',
  },
  {
    codes: ['EROFS', 'EACCES', 'EPERM'],
    code: 'files/not-writable',
    message: 'no permission to write here',
    expected: 'a writable folder',
    remedy: 'check its permissions and how the disk is mounted, or choose another folder',
  },
  {
    codes: ['ENOENT', 'ENOTDIR', 'ESTALE', 'ENODEV', 'ENXIO', 'ENOTCONN'],
    code: 'files/gone',
    message: 'the folder to write to does not exist',
    expected: 'the folder as it existed before',
    remedy: 'check whether it was moved or its disk removed, then run the same command again',
  },
];

const OTHERWISE = {
  code: 'files/failed',
  message: 'the disk reported an error',
  expected: 'a disk that can be written to',
  remedy: 'check the disk; work finished before is kept',
};

/** System calls that only writers use. */
const WRITES: readonly unknown[] = [
  'write',
  'fsync',
  'rename',
  'mkdir',
  'ftruncate',
  'unlink',
  'rm',
  'rmdir',
  'copyfile',
];

/**
 * Turns a file-system error that prevented a write into `files/no-space`, `files/not-writable`, `files/gone` or `files/failed`.
 * Returns any other error unchanged.
 *
 * @param place what was to be written
 * @param below where it was written in the meantime: an error about a file elsewhere, which was being read, is not a write
 *   error
 */
export function storageError(error: unknown, place: string, below = place): unknown {
  const { code, syscall, path, message } = error as Partial<NodeJS.ErrnoException>;
  if (error instanceof BalancedRecError || typeof code !== 'string' || typeof syscall !== 'string') return error;
  const kind = KINDS.find(({ codes }) => codes.includes(code));
  const isOfWriting = kind?.code === 'files/no-space' || WRITES.includes(syscall) || path?.startsWith(below) === true;
  if (!isOfWriting) return error;
  const { codes: _, ...said } = kind ?? { codes: [], ...OTHERWISE };
  return new BalancedRecError({ ...said, place, found: message ?? code, cause: error });
}

/** Whether an error means that something could not be written, so that nothing else can be written there either. */
export function isStorageError(error: unknown): error is BalancedRecError {
  return error instanceof BalancedRecError && error.code.startsWith('files/') && error.code !== 'files/in-use';
}
