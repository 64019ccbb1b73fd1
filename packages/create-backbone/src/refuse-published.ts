import { BalancedRecError } from '@balanced-rec/errors';

/**
 * Asks the registry whether somebody has a package of that name.
 * @returns false where the registry cannot be reached, so that nobody can tell
 * @throws BalancedRecError `create/name-taken`
 */
export async function refusePublished(packageName: string, registry: string | undefined): Promise<boolean> {
  if (registry === undefined) return false;
  const url = new URL(packageName.replace('/', '%2f'), registry.endsWith('/') ? registry : `${registry}/`);
  const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) }).catch(() => undefined);
  if (answer === undefined || (!answer.ok && answer.status !== 404)) return false;
  if (!answer.ok) return true;
  throw new BalancedRecError({
    code: 'create/name-taken',
    message: 'the npm registry has a package of that name',
    place: 'name',
    expected: 'a name that is free',
    found: packageName,
    remedy: 'choose another, or put it into a scope of yours: @you/name',
  });
}
