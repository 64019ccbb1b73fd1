import { existsSync, readFileSync, renameSync } from 'node:fs';
import { withoutDigest } from './checksums.js';
import { storageError } from './storage-error.js';

/** A kept file that is not what was written: it was set aside, and is made again. */
export interface Damage {
  readonly file: string;
  /** What is wrong with it. */
  readonly found: string;
  /** Where it is now; undefined where somebody else has set it aside already. */
  readonly movedTo: string | undefined;
}

/** Hears of files that were set aside. */
export type DamageListener = (damage: Damage) => void;

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

/**
 * Renames a damaged file or folder to `<path>.damaged-<n>`, so that it is no longer found but can be looked at.
 * @throws BalancedRecError `files/...` where it cannot be renamed
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

/** Damage in a line. */
export function describeDamage({ file, found, movedTo }: Damage): string {
  const moved = movedTo === undefined ? 'it was set aside already' : `it was set aside as ${movedTo}`;
  return `${file} is damaged (${found}); ${moved} and is made again`;
}

/** Who does not ask to hear of damage hears of it as of any warning of Node.js. */
export function warnOfDamage(damage: Damage): void {
  process.emitWarning(describeDamage(damage));
}
