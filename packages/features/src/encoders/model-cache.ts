import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where downloaded models are kept: `models` in `$BALANCED_REC_CACHE`, else `$XDG_CACHE_HOME/balanced-rec`, else `~/.cache/balanced-rec`. */
export function modelCache(env: NodeJS.ProcessEnv = process.env): string {
  const cache = env.BALANCED_REC_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'balanced-rec');
  return resolve(cache, 'models');
}
