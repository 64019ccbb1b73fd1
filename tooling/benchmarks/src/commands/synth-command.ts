import { parseArgs } from 'node:util';
import { measureInProcess } from '../measure-in-process.js';
import type { Command } from './command.js';
import { plantedOptions, plantedUsage, readPlanted } from './planted-options.js';

export const synthCommand: Command = {
  usage: `${plantedUsage} [--out DIR]`,
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { ...plantedOptions, out: { type: 'string' } } });
    const { out } = values;
    return measureInProcess('synthesis', 'the generation', {
      options: readPlanted(values),
      ...(out === undefined ? {} : { out }),
    });
  },
};
