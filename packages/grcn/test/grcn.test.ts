import { backboneSuite } from '@balanced-rec/backbone-suite';
import { describe, test } from 'vitest';
import { grcn } from '../src/index.js';

const config = { embeddingDim: 8 };
// With a slope of 1 LeakyReLU has no kink; gradients past it are in loss.test.ts.
const smooth = { leakySlope: 1 };

backboneSuite({ describe, test, definition: grcn, config, smooth });

describe('with routing as in the paper', () => {
  backboneSuite({ describe, test, definition: grcn, config: { ...config, routing: 'paper' }, smooth });
});
