import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The registry that npm is set to, here: what it hands to the programs that it runs, or what it says; undefined without npm. */
export async function npmRegistry(): Promise<string | undefined> {
  const { npm_config_registry: handed } = process.env;
  if (handed) return handed;
  // npm is a script on Windows, which only a shell starts.
  const asked = promisify(execFile)('npm', ['config', 'get', 'registry'], { shell: process.platform === 'win32' });
  const { stdout } = await asked.catch(() => ({ stdout: '' }));
  return URL.canParse(stdout.trim()) ? stdout.trim() : undefined;
}
