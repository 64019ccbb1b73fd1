import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureInProcess } from '../measure-in-process.js';
import type { Command } from './command.js';
import { plantedOptions, plantedUsage, readPlanted } from './planted-options.js';

export const readCommand: Command = {
  usage: `[--data DIR | ${plantedUsage}]`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { ...plantedOptions, data: { type: 'string' } } });
    if (values.data !== undefined) return measureInProcess('reading', values.data, { folder: values.data });
    const scratch = await mkdtemp(join(tmpdir(), 'balanced-rec-bench-'));
    try {
      const out = join(scratch, 'made');
      // Also in a separate process, because a process starts at its parent's peak memory.
      await measureInProcess('synthesis', 'the generation', { options: readPlanted(values), out });
      return await measureInProcess('reading', 'the reading', { folder: out });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  },
};
