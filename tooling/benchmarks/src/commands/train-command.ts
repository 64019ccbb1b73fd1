import { parseArgs } from 'node:util';
import { measureInProcess } from '../measure-in-process.js';
import { backboneName, engineName, positiveInteger, wholeNumber } from '../option-values.js';
import type { Command } from './command.js';
import { readSource, sourceOptions, sourceUsage } from './source-options.js';

export const trainCommand: Command = {
  usage: `[--backbone BACKBONE] [--ckd] [--engine ENGINE] ${sourceUsage} [--batch N] [--epochs N] [--steps N] [--seed N]`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...sourceOptions,
        backbone: { type: 'string', default: 'vbpr' },
        ckd: { type: 'boolean', default: false },
        engine: { type: 'string', default: 'wasm' },
        batch: { type: 'string', default: '2048' },
        epochs: { type: 'string', default: '3' },
        steps: { type: 'string' },
        seed: { type: 'string', default: '1' },
      },
    });
    const seed = wholeNumber('--seed', values.seed);
    return measureInProcess('training', 'training', {
      backbone: backboneName('--backbone', values.backbone),
      distilled: values.ckd,
      engine: engineName(values.engine),
      source: readSource(values, seed),
      batchSize: positiveInteger('--batch', values.batch),
      epochs: positiveInteger('--epochs', values.epochs),
      ...(values.steps === undefined ? {} : { steps: positiveInteger('--steps', values.steps) }),
      seed,
      evaluate: true,
    });
  },
};
