// Shared by the scripts in this folder: the repository's path, the pinned pnpm, and running and timing a step.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** Runs the pinned pnpm through npx, which also puts it on the PATH of the command (turbo looks for it there). */
export const pnpm = ['npx', '--yes', manifest.packageManager];

/** Ends the process with one line if this Node.js is older than the packages support. */
export function requireNode() {
  const wanted = manifest.engines.node.replace('>=', '').split('.').map(Number);
  const found = process.versions.node.split('.').map(Number);
  const isOld = found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1]);
  if (!isOld) return;
  console.error(`Node.js ${manifest.engines.node} is required; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Runs a command in the repository and passes its output through.
 * @returns {{ ok: boolean, seconds: number, why: string }}
 */
export function run([command, ...args], env = {}) {
  const start = performance.now();
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', ...env },
  });
  const why = result.error
    ? result.error.message
    : result.signal
      ? `killed by ${result.signal}`
      : `exit ${result.status}`;
  return { ok: result.status === 0, seconds: (performance.now() - start) / 1000, why };
}
