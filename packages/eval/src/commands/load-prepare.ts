import { BalancedRecError } from '@balanced-rec/errors';
import type * as Prepare from '@balanced-rec/prepare';
import { importPackage } from '../runs/import-package.js';

const SPECIFIER = '@balanced-rec/prepare';

/**
 * Imports what prepares datasets. It brings a database along, so only who prepares data installs it.
 *
 * @throws BalancedRecError `prepare/not-installed`, `prepare/broken-package`
 */
export async function loadPrepare(): Promise<typeof Prepare> {
  const exported = await importPackage(SPECIFIER).catch((cause: unknown) => {
    throw new BalancedRecError({
      code: 'prepare/broken-package',
      message: `the package ${SPECIFIER} cannot be imported`,
      place: 'balanced-rec prepare',
      expected: 'a package that loads in Node.js, with DuckDB for this platform',
      found: String(cause).split('\n')[0]!,
      remedy: `npm install ${SPECIFIER}`,
      cause,
    });
  });
  if (exported !== undefined) return exported as unknown as typeof Prepare;
  throw new BalancedRecError({
    code: 'prepare/not-installed',
    message: 'preparing data needs a package that is not installed',
    place: 'balanced-rec prepare',
    expected: `the package ${SPECIFIER}`,
    found: `no such package beside balanced-rec or from ${process.cwd()}`,
    remedy: `npm install ${SPECIFIER}`,
  });
}
