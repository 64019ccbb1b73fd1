import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { positiveInteger } from '../option-values.js';
import type { Command } from './command.js';

export const distributedCommand: Command = {
  usage:
    '[--comparison FILE] [--data DIR] [--workers N] [--faults N] [--seed N] [--stalled-after SECONDS] [--checkpoint-every SECONDS]',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        comparison: { type: 'string', default: 'examples/quickstart.yaml' },
        data: { type: 'string', default: 'examples/data/planted' },
        workers: { type: 'string', default: '3' },
        faults: { type: 'string', default: '10' },
        seed: { type: 'string', default: '1' },
        'stalled-after': { type: 'string', default: '5' },
        'checkpoint-every': { type: 'string', default: '1' },
      },
    });
    const { benchDistributed } = await import('../bench-distributed.js');
    return benchDistributed({
      comparison: resolve(values.comparison),
      data: resolve(values.data),
      workers: positiveInteger('--workers', values.workers),
      faults: positiveInteger('--faults', values.faults),
      seed: positiveInteger('--seed', values.seed),
      stalledAfter: positiveInteger('--stalled-after', values['stalled-after']),
      checkpointEvery: positiveInteger('--checkpoint-every', values['checkpoint-every']),
    });
  },
};
