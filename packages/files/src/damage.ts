import { existsSync, readFileSync, renameSync } from 'node:fs';
import { withoutDigest } from './checksums.js';
import { storageError } from './storage-error.js';

/** A stored file that is not what was written. It was set aside and is created again. */
export interface Damage {
  readonly file: string;
  /** What is wrong with it. */
  readonly found: string;
  /** Where it is now; undefined if another process has already set it aside. */
  readonly movedTo: string | undefined;
}

/** Called for files that were set aside. */
export type DamageListener = (damage: Damage) => void;

/**
 * Reads a file that was stored with its SHA-256 at its end ({@link appendDigest}).
 *
 * @param decode receives the bytes before the digest; if it throws, the file also counts as damaged
 * @returns undefined if there is no file, or a damaged one, which is set aside
 */
export function readKept<T>(path: string, decode: (content: Uint8Array) => T, onDamage: DamageListener): T | undefined {
  let found: string;
  try {
    const content = withoutDigest(readFileSync(path));
    if (content !== undefined) return decode(content);
    found = 'its content does not match the SHA-256 at its end';
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    found = message;
  }
  onDamage(setAside(path, found));
  return undefined;
}

/**
 * Renames a damaged file or folder to `<path>.damaged-<n>`, so that it is no longer found but can be inspected.
 *
 * @throws BalancedRecError `files/...` if it cannot be renamed
 */
export function setAside(path: string, found: string): Damage {
  let n = 1;
  while (existsSync(`${path}.damaged-${n}`)) n++;
  const movedTo = `${path}.damaged-${n}`;
  try {
    renameSync(path, movedTo);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw storageError(error, path);
    return { file: path, found, movedTo: undefined };
  }
  return { file: path, found, movedTo };
}

/** Describes damage on one line. */
export function describeDamage({ file, found, movedTo }: Damage): string {
  const moved = movedTo === undefined ? 'it was already set aside' : `it was set aside as ${movedTo}`;
  return `${file} is damaged (${found}); ${moved} and is created again`;
}

/** The default listener: emits a Node.js warning. */
export function warnOfDamage(damage: Damage): void {
  process.emitWarning(describeDamage(damage));
}
