import { parseArgs } from 'node:util';
import { positiveInteger } from '../option-values.js';
import type { Command } from './command.js';

export const kernelsCommand: Command = {
  usage: '[--repeats N]',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { repeats: { type: 'string', default: '20' } } });
    const { benchKernels } = await import('../bench-kernels.js');
    return benchKernels(positiveInteger('--repeats', values.repeats));
  },
};
