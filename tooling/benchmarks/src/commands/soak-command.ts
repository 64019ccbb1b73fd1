import { parseArgs } from 'node:util';
import { engineName, positiveInteger } from '../option-values.js';
import type { Command } from './command.js';

export const soakCommand: Command = {
  usage: '[--minutes N] [--data DIR] [--epochs N] [--rate N] [--sample-seconds N] [--engine ENGINE]',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '120' },
        data: { type: 'string', default: 'examples/data/planted' },
        epochs: { type: 'string', default: '20' },
        rate: { type: 'string', default: '20' },
        'sample-seconds': { type: 'string', default: '60' },
        engine: { type: 'string', default: 'wasm' },
      },
    });
    const { benchSoak } = await import('../bench-soak.js');
    return benchSoak({
      minutes: positiveInteger('--minutes', values.minutes),
      data: values.data,
      epochs: positiveInteger('--epochs', values.epochs),
      requestsPerSecond: positiveInteger('--rate', values.rate),
      sampleSeconds: positiveInteger('--sample-seconds', values['sample-seconds']),
      engine: engineName(values.engine),
    });
  },
};
