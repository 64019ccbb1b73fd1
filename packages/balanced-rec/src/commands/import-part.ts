import { BalancedRecError } from '@balanced-rec/errors';
import type * as features from '@balanced-rec/features';
import { importPackage, notInstalled } from '@balanced-rec/models';
import type * as prepare from '@balanced-rec/prepare';
import type * as queue from '@balanced-rec/queue';
import type * as serve from '@balanced-rec/serve';

/**
 * Separate packages, since they bring heavy dependencies that people who only train need not install: a database, a model runtime, a
 * web server, and clients for Redis and S3.
 */
interface Parts {
  readonly features: typeof features;
  readonly prepare: typeof prepare;
  readonly queue: typeof queue;
  readonly serve: typeof serve;
}

/**
 * Imports the separate package that a command needs, `@balanced-rec/<name>`.
 *
 * @param place the command as typed
 * @throws BalancedRecError `<name>/not-installed`, `<name>/broken-package`
 */
export async function importPart<Name extends keyof Parts>(
  name: Name,
  place = `balanced-rec ${name}`,
): Promise<Parts[Name]> {
  const specifier = `@balanced-rec/${name}`;
  const named = { kind: name, name: specifier, specifier, place };
  const exported = await importPackage(named, (specifier) => import(specifier));
  if (exported !== undefined) return exported as unknown as Parts[Name];
  const { details } = notInstalled(named);
  throw new BalancedRecError({ ...details, message: `${place} needs a package that is not installed` });
}
