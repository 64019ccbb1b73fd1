import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BalancedRecError } from '@balanced-rec/errors';

/**
 * The registry npm is configured to use, from the environment npm gives to programs it runs, or else from npm itself;
 * undefined without npm.
 */
export async function npmRegistry(): Promise<string | undefined> {
  const { npm_config_registry: handed } = process.env;
  if (handed) return handed;
  // On Windows npm is a script, which only a shell can start.
  const asked = promisify(execFile)('npm', ['config', 'get', 'registry'], { shell: process.platform === 'win32' });
  const { stdout } = await asked.catch(() => ({ stdout: '' }));
  return URL.canParse(stdout.trim()) ? stdout.trim() : undefined;
}

/**
 * Refuses a name that the registry already has.
 * @returns false if the registry cannot be reached, so the name may or may not be free
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
    message: 'the npm registry already has a package with this name',
    place: 'name',
    expected: 'a name that is not taken',
    found: packageName,
    remedy: 'choose another name, or put it in a scope you own: @you/name',
  });
}
