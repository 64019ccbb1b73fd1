import { mkdirSync, readFileSync } from 'node:fs';
import { type DamageListener, setAside } from './damage.js';
import { withoutDigest } from './digest-at-end.js';
import { storageError } from './storage-error.js';

/**
 * Reads a file that was kept with its SHA-256 at its end ({@link appendDigest}).
 * @param decode is given what is before the digest; where it throws, the file counts as damaged, too
 * @returns undefined where there is no file, or a damaged one, which is set aside
 */
export function readKept<T>(path: string, decode: (content: Uint8Array) => T, onDamage: DamageListener): T | undefined {
  let found: string;
  try {
    const content = withoutDigest(readFileSync(path));
    if (content !== undefined) return decode(content);
    found = 'its bytes do not have the SHA-256 that stands at its end';
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    found = message;
  }
  onDamage(setAside(path, found));
  return undefined;
}

/** Makes a folder in one that is there: where that has vanished, it does not come back with this in it alone. */
export function makeFolderWithin(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw storageError(error, folder);
  }
}
