import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Command } from './command.js';

export const faultsCommand: Command = {
  usage: '[--only NAME,NAME]   (on Linux, as root, because it mounts small disks)',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { only: { type: 'string' } } });
    const { measureFaults } = await import('../faults/measure-faults.js');
    const scratch = await realpath(await mkdtemp(join(tmpdir(), 'balanced-rec-faults-')));
    try {
      return await measureFaults(scratch, values.only?.split(','));
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  },
};
