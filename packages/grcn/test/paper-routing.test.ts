import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { grcn } from '../src/index.js';

describe('with routing as in the paper', () => {
  const config = { embeddingDim: 8, routing: 'paper' };
  // Here the edge weights, which are a maximum, have kinks that no option removes; loss.test.ts checks them in double precision.
  backboneSuite({ describe, test, definition: grcn, config, smooth: { leakySlope: 1, routing: 'reference' } });
});
