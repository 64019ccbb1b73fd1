import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { grcn } from '../src/index.js';

const config = { embeddingDim: 8 };
// With a slope of 1, LeakyReLU has no kink; loss.test.ts checks gradients with kinks.
const smooth = { leakySlope: 1 };

backboneSuite({ describe, test, definition: grcn, config, smooth });

describe('with routing as in the paper', () => {
  const paper = { ...config, routing: 'paper' };
  // Here the edge weights, which are a maximum, have kinks that no option removes; loss.test.ts checks them in double precision.
  backboneSuite({ describe, test, definition: grcn, config: paper, smooth: { ...smooth, routing: 'reference' } });
});
