import { BalancedRecError } from '@balanced-rec/errors';

/** What the codes of the operating system mean to who wanted to write. */
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
    message: 'there is no room left to write',
    expected: 'a disk, or a quota, with room',
    remedy: 'make room and give the same command again; what was finished is kept',
  },
  {
    codes: ['EROFS', 'EACCES', 'EPERM'],
    code: 'files/not-writable',
    message: 'it is not allowed to write here',
    expected: 'a folder that can be written to',
    remedy: 'check its permissions and how the disk is mounted, or name another folder',
  },
  {
    codes: ['ENOENT', 'ENOTDIR', 'ESTALE', 'ENODEV', 'ENXIO', 'ENOTCONN'],
    code: 'files/gone',
    message: 'the folder to write in is not there',
    expected: 'the folder that was there, or made, before',
    remedy: 'see whether it was moved or its disk taken away, and give the same command again',
  },
];

const OTHERWISE = {
  code: 'files/failed',
  message: 'the disk reports an error',
  expected: 'a disk that keeps what is written',
  remedy: 'check the disk; what was finished before is kept',
};

/** Operations that only writers ask for. */
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
 * An error of the file system that kept something from being written, as `files/no-space`, `files/not-writable`, `files/gone` or
 * `files/failed`; any other as it is.
 * @param place what was to be written
 * @param below where it was written meanwhile: an error of a file elsewhere, which was to be read, is none of writing
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

/** Whether something could not be written, so that nothing else can be written there either. */
export function isStorageError(error: unknown): error is BalancedRecError {
  return error instanceof BalancedRecError && error.code.startsWith('files/') && error.code !== 'files/in-use';
}
