import { execFileSync, type StdioOptions } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The registry that npm is set to here. Of settings that a pnpm hands on npm says that it does not know them. */
export function configuredRegistry(): string {
  const stdio: StdioOptions = ['ignore', 'pipe', 'ignore'];
  return execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', stdio }).trim();
}

/**
 * The environment of a user whose npm knows the local registry and nothing else: no settings or cache of this machine, nor those that
 * a pnpm which started this hands on; no engine but those of the packages.
 */
export function npmEnvironment(registry: string, scratch: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([key]) => !/^(?:npm_|pnpm_|node_options$|node_path$|balanced_rec_|turbo_)/i.test(key),
  );
  const settings = join(scratch, 'npmrc');
  // npm does not publish without a token, which the registry does not ask for.
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
