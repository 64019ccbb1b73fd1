import { parseArgs } from 'node:util';
import { benchPrepare } from '../bench-prepare.js';
import { badOption, positiveInteger } from '../option-values.js';
import type { Command } from './command.js';

export const prepareCommand: Command = {
  usage:
    '[--interactions N] [--users N] [--items N] [--format csv|parquet] [--core N] [--split-by HOW] [--memory AMOUNT] [--threads N]',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        interactions: { type: 'string', default: '10000000' },
        users: { type: 'string' },
        items: { type: 'string' },
        format: { type: 'string', default: 'csv' },
        core: { type: 'string', default: '5' },
        'split-by': { type: 'string', default: 'random' },
        memory: { type: 'string', default: '1GB' },
        threads: { type: 'string' },
      },
    });
    const interactions = positiveInteger('--interactions', values.interactions);
    const count = (option: string, text: string | undefined, otherwise: number) =>
      text === undefined ? otherwise : positiveInteger(option, text);
    if (values.format !== 'csv' && values.format !== 'parquet') {
      throw badOption('--format', 'csv or parquet', values.format);
    }
    return benchPrepare({
      interactions,
      users: count('--users', values.users, Math.max(10, Math.round(interactions / 40))),
      items: count('--items', values.items, Math.max(10, Math.round(interactions / 200))),
      format: values.format,
      core: positiveInteger('--core', values.core),
      splitBy: values['split-by'],
      memory: values.memory,
      threads: values.threads === undefined ? undefined : positiveInteger('--threads', values.threads),
    });
  },
};
