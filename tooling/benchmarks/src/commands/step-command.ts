import { parseArgs } from 'node:util';
import { BalancedRecError } from '@balanced-rec/errors';
import { backboneName, engineName, positiveInteger } from '../option-values.js';
import type { Command } from './command.js';

export const stepCommand: Command = {
  usage: '--data DIR [--backbone BACKBONE] [--engine ENGINE] [--batch-size N] [--repeats N]',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        backbone: { type: 'string', default: 'vbpr' },
        engine: { type: 'string', default: 'wasm' },
        'batch-size': { type: 'string', default: '1024' },
        repeats: { type: 'string', default: '20' },
      },
    });
    if (values.data === undefined) throw noData();
    const options = {
      data: values.data,
      backbone: backboneName('--backbone', values.backbone),
      engine: engineName(values.engine),
      batchSize: positiveInteger('--batch-size', values['batch-size']),
      repeats: positiveInteger('--repeats', values.repeats),
    };
    const { benchStep } = await import('../bench-step.js');
    return benchStep(options);
  },
};

function noData(): BalancedRecError {
  return new BalancedRecError({
    code: 'bench/bad-option',
    message: 'steps are timed on a dataset read from a folder',
    place: '--data',
    expected: 'a dataset folder',
    found: 'nothing',
    remedy: 'pass --data DIR, or time training on generated data with: pnpm bench train',
  });
}
