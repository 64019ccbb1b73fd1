import { BalancedRecError } from '@balanced-rec/errors';
import type * as serve from '@balanced-rec/serve';
import { importPackage } from '../runs/import-package.js';

const PACKAGE = '@balanced-rec/serve';

/**
 * The package that serves. It brings a web server along, so only who serves installs it.
 *
 * @throws BalancedRecError `serve/not-installed`, `serve/broken-package`
 */
export async function importServe(): Promise<typeof serve> {
  const exported = await importPackage(PACKAGE).catch((cause: unknown) => {
    throw new BalancedRecError({
      code: 'serve/broken-package',
      message: `the package ${PACKAGE} cannot be imported`,
      place: 'balanced-rec serve',
      expected: 'a package that loads in Node.js',
      found: String(cause).split('\n')[0]!,
      remedy: `npm install ${PACKAGE}`,
      cause,
    });
  });
  if (exported) return exported as unknown as typeof serve;
  throw new BalancedRecError({
    code: 'serve/not-installed',
    message: 'serving needs a package that is not installed',
    place: 'balanced-rec serve',
    expected: `the package ${PACKAGE}`,
    found: `no such package beside balanced-rec or from ${process.cwd()}`,
    remedy: `npm install ${PACKAGE}`,
  });
}
