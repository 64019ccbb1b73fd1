import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import type { Command } from './command.js';

export const memoryCommand: Command = {
  usage: '--data DIR [--engine ENGINE] [--batch-size N] [--out DIR]',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string', default: 'examples/data/planted' },
        engine: { type: 'string', default: 'wasm' },
        'batch-size': { type: 'string', default: '4096' },
        out: { type: 'string' },
      },
    });
    const { measureMemory } = await import('../memory/measure-memory.js');
    const scratch = await mkdtemp(join(tmpdir(), 'balanced-rec-memory-'));
    try {
      const { data, engine, 'batch-size': batchSize, out = join(scratch, 'out') } = values;
      return await measureMemory({ data, engine: engine as EngineName, out, batchSize: Number(batchSize) });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  },
};
