import { parseArgs } from 'node:util';
import { benchScale } from '../bench-scale.js';
import { backboneName, engineName, positiveInteger, positiveIntegers, wholeNumber } from '../option-values.js';
import type { Command } from './command.js';
import { readShape, shapeOptions, shapeUsage } from './shape-options.js';

/** Amazon Baby's sizes, rounded, with features narrow enough for 16 times as many items (more than 100,000). */
const defaultBase = { users: 20_000, items: 7050, interactions: 120_000, imageDim: 128, textDim: 64 };

export const scaleCommand: Command = {
  usage: `[--backbone BACKBONE] [--ckd] [--engine ENGINE] [--factors N,N,...] ${shapeUsage} [--batch N] [--grow-batch] [--epochs N] [--steps N] [--seed N]`,
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...shapeOptions,
        backbone: { type: 'string', default: 'vbpr' },
        ckd: { type: 'boolean', default: false },
        engine: { type: 'string', default: 'wasm' },
        factors: { type: 'string', default: '1,4,16' },
        batch: { type: 'string', default: '2048' },
        'grow-batch': { type: 'boolean', default: false },
        epochs: { type: 'string', default: '1' },
        steps: { type: 'string', default: '10' },
        seed: { type: 'string', default: '1' },
      },
    });
    return benchScale({
      base: readShape(values, defaultBase),
      factors: positiveIntegers('--factors', values.factors),
      backbone: backboneName('--backbone', values.backbone),
      distilled: values.ckd,
      engine: engineName(values.engine),
      batchSize: positiveInteger('--batch', values.batch),
      growBatch: values['grow-batch'],
      epochs: positiveInteger('--epochs', values.epochs),
      steps: positiveInteger('--steps', values.steps),
      seed: wholeNumber('--seed', values.seed),
    });
  },
};
