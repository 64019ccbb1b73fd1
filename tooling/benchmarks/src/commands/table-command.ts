import { parseArgs } from 'node:util';
import { engineName, positiveInteger } from '../option-values.js';
import type { Command } from './command.js';

export const tableCommand: Command = {
  usage: '[--rows N] [--columns N] [--batch-size N] [--engine ENGINE] [--repeats N]',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rows: { type: 'string', default: '7050' },
        columns: { type: 'string', default: '4096' },
        'batch-size': { type: 'string', default: '1024' },
        engine: { type: 'string', default: 'wasm' },
        repeats: { type: 'string', default: '20' },
      },
    });
    const options = {
      rows: positiveInteger('--rows', values.rows),
      columns: positiveInteger('--columns', values.columns),
      batchSize: positiveInteger('--batch-size', values['batch-size']),
      engine: engineName(values.engine),
      repeats: positiveInteger('--repeats', values.repeats),
    };
    const { benchTable } = await import('../bench-table.js');
    return benchTable(options);
  },
};
