import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ceilings, type InstallCeiling } from './ceilings.js';
import type { Checks } from './checks.js';
import { type Installed, readInstalled } from './installed.js';
import { runProgram } from './run-program.js';

/**
 * Installs what users install into empty folders and checks the ceilings.
 * @returns the folders, in the order of the ceilings
 */
export async function checkInstalls(checks: Checks, scratch: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const folders: string[] = [];
  for (const [index, ceiling] of ceilings.installs.entries()) {
    const folder = join(scratch, `install-${index}`);
    mkdirSync(folder);
    folders.push(folder);
    await checks.check(`npm install ${ceiling.install.join(' ')}`, async () => {
      await runProgram({ command: ['npm', 'install', ...ceiling.install], cwd: folder, env });
      return holdAgainst(ceiling, readInstalled(folder));
    });
  }
  return folders;
}

function holdAgainst({ ours, packages, megabytes, why }: InstallCeiling, found: Installed): string {
  const measured = `${found.packages} packages, ${(found.bytes / 1e6).toFixed(1)} MB, our packages: ${found.ours.join(', ')}`;
  const faults = [
    ...(found.ours.join() === [...ours].sort().join() ? [] : [`expected exactly ${ours.join(', ')} of our packages`]),
    ...(found.packages <= packages ? [] : [`more than ${packages} packages`]),
    ...(found.bytes <= megabytes * 1e6 ? [] : [`more than ${megabytes} MB`]),
  ];
  if (faults.length > 0) throw new Error(`${measured}: ${faults.join('; ')} (ceilings.json: ${why})`);
  return measured;
}
