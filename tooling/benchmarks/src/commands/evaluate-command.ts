import { parseArgs } from 'node:util';
import { measureInProcess } from '../measure-in-process.js';
import { backboneName, engineName, positiveInteger, wholeNumber } from '../option-values.js';
import type { Command } from './command.js';
import { readSource, sourceOptions, sourceUsage } from './source-options.js';

export const evaluateCommand: Command = {
  usage: `[--backbone BACKBONE] [--engine ENGINE] ${sourceUsage} [--top-k N] [--repeats N] [--seed N]`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...sourceOptions,
        backbone: { type: 'string', default: 'vbpr' },
        engine: { type: 'string', default: 'wasm' },
        'top-k': { type: 'string', default: '50' },
        repeats: { type: 'string', default: '5' },
        seed: { type: 'string', default: '1' },
      },
    });
    const seed = wholeNumber('--seed', values.seed);
    return measureInProcess('evaluation', 'evaluation', {
      backbone: backboneName('--backbone', values.backbone),
      engine: engineName(values.engine),
      source: readSource(values, seed),
      topK: positiveInteger('--top-k', values['top-k']),
      repeats: positiveInteger('--repeats', values.repeats),
      seed,
    });
  },
};
