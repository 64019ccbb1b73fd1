import { parseArgs } from 'node:util';
import { engineName, positiveInteger } from '../option-values.js';
import type { Command } from './command.js';

export const serveCommand: Command = {
  usage: '[--users N] [--items N] [--dimension N] [--connections N] [--seconds N] [--rounds N] [--engine ENGINE]',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        users: { type: 'string', default: '20000' },
        items: { type: 'string', default: '7050' },
        dimension: { type: 'string', default: '64' },
        connections: { type: 'string', default: '16' },
        seconds: { type: 'string', default: '5' },
        rounds: { type: 'string', default: '4' },
        engine: { type: 'string', default: 'wasm' },
      },
    });
    const { benchServe } = await import('../bench-serve.js');
    return benchServe({
      users: positiveInteger('--users', values.users),
      items: positiveInteger('--items', values.items),
      dimension: positiveInteger('--dimension', values.dimension),
      connections: positiveInteger('--connections', values.connections),
      seconds: positiveInteger('--seconds', values.seconds),
      rounds: positiveInteger('--rounds', values.rounds),
      engine: engineName(values.engine),
    });
  },
};
