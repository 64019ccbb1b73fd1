import { resolve, sep } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { SourceFile } from './source-file.js';

/**
 * Refuses files that lie in the folder that would be replaced: they would be gone.
 *
 * @throws BalancedRecError `prepare/source-in-output`
 */
export function keepSources(sources: readonly SourceFile[], out: string): void {
  const inside = resolve(out) + sep;
  const lost = sources.find(({ path, isRemote }) => !isRemote && resolve(path).startsWith(inside));
  if (lost === undefined) return;
  throw new BalancedRecError({
    code: 'prepare/source-in-output',
    message: 'the file lies in the folder that would be replaced, and would be lost',
    place: lost.path,
    expected: `a file outside of ${out}`,
    found: 'a file in it',
    remedy: 'choose another output folder, or move the file',
  });
}
