import { BalancedRecError } from '@balanced-rec/errors';

/** An error of the file system in our terms; any other as it is. */
export function explainWriteError(error: unknown, folder: string): unknown {
  const { code, syscall, message } = error as Partial<NodeJS.ErrnoException>;
  if (error instanceof BalancedRecError || typeof code !== 'string' || typeof syscall !== 'string') return error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new BalancedRecError({
    code: isFull ? 'prepare/disk-full' : 'prepare/cannot-write',
    message: isFull ? 'there is no room for the dataset' : 'the dataset folder cannot be made',
    place: folder,
    expected: isFull ? "room for several times the log's size" : 'a folder that may be made here',
    found: message!,
    remedy: isFull ? 'free some, or choose an output folder on a larger disk' : 'check the path and its permissions',
    cause: error,
  });
}
