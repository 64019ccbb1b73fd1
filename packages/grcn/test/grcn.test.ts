import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { grcn } from '../src/index.js';

const config = { embeddingDim: 8 };
// With a slope of 1 LeakyReLU has no kink; gradients past it are in loss.test.ts.
const smooth = { leakySlope: 1 };

backboneSuite({ describe, test, definition: grcn, config, smooth });

describe('with routing as in the paper', () => {
  const paper = { ...config, routing: 'paper' };
  // Here the edges' weights, a maximum, have kinks that no option takes out: loss.test.ts has them in double precision.
  backboneSuite({ describe, test, definition: grcn, config: paper, smooth: { ...smooth, routing: 'reference' } });
});
