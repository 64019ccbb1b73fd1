import { backboneSuite } from '@balanced-rec/backbone-suite';
import { describe, test } from 'vitest';
import { grcn } from '../src/index.js';

const config = { embeddingDim: 8 };

// With a slope of 1 LeakyReLU has no kink; gradients past it are in loss.test.ts.
backboneSuite({ describe, test, definition: grcn, config, smooth: { leakySlope: 1 } });

describe('with routing as in the paper', () => {
  const paper = { ...config, routing: 'paper' };
  // Here differences in float32 step over kinks of the edges' weights, a maximum: loss.test.ts has them in double precision.
  backboneSuite({ describe, test, definition: grcn, config: paper, stopsGradients: true });
});
