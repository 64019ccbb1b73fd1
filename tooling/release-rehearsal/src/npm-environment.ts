import { execFileSync, type StdioOptions } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The registry npm is configured to use. Ignores stderr, where npm warns about settings it does not know, inherited from pnpm. */
export function configuredRegistry(): string {
  const stdio: StdioOptions = ['ignore', 'pipe', 'ignore'];
  return execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', stdio }).trim();
}

/**
 * The environment of a user whose npm is configured only for the local registry. It has no npm settings or cache from this machine
 * or from a pnpm that started this program, and no engines except those in the packages.
 */
export function npmEnvironment(registry: string, scratch: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^(?:npm_|pnpm_|node_options$|node_path$|balanced_rec_|turbo_)/i.test(key),
  );
  const settings = join(scratch, 'npmrc');
  // npm refuses to publish without a token, although the registry does not check it.
  const host = registry.replace(/^http:/, '');
  writeFileSync(
    settings,
    `registry=${registry}\n${host}:_authToken=anybody\naudit=false\nfund=false\nupdate-notifier=false\n`,
  );
  return {
    ...Object.fromEntries(kept),
    npm_config_registry: registry,
    npm_config_userconfig: settings,
    npm_config_cache: join(scratch, 'npm-cache'),
    BALANCED_REC_CACHE: join(scratch, 'engines'),
  };
}
