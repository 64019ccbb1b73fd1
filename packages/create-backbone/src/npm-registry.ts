import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BalancedRecError } from '@balanced-rec/errors';

/** The registry that npm is set to, here: what it hands to the programs that it runs, or what it says; undefined without npm. */
export async function npmRegistry(): Promise<string | undefined> {
  const { npm_config_registry: handed } = process.env;
  if (handed) return handed;
  // npm is a script on Windows, which only a shell starts.
  const asked = promisify(execFile)('npm', ['config', 'get', 'registry'], { shell: process.platform === 'win32' });
  const { stdout } = await asked.catch(() => ({ stdout: '' }));
  return URL.canParse(stdout.trim()) ? stdout.trim() : undefined;
}

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
