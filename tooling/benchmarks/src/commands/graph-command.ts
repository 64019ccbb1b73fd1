import { parseArgs } from 'node:util';
import { benchGraph } from '../bench-graph.js';
import { engineName, positiveInteger, positiveIntegers } from '../option-values.js';
import type { Command } from './command.js';

export const graphCommand: Command = {
  usage: '[--items N,N,...] [--columns N] [--neighbours N] [--engine ENGINE] [--repeats N]',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        items: { type: 'string', default: '10000,30000,100000' },
        columns: { type: 'string', default: '64' },
        neighbours: { type: 'string', default: '10' },
        engine: { type: 'string', default: 'wasm' },
        repeats: { type: 'string', default: '1' },
      },
    });
    return benchGraph({
      items: positiveIntegers('--items', values.items),
      columns: positiveInteger('--columns', values.columns),
      neighbours: positiveInteger('--neighbours', values.neighbours),
      engine: engineName(values.engine),
      repeats: positiveInteger('--repeats', values.repeats),
    });
  },
};
