import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { mmgcn } from '../src/index.js';

// With a slope of 1 LeakyReLU has no kink; gradients past the kinks are in naive-mmgcn.test.ts.
backboneSuite({ describe, test, definition: mmgcn, config: { embeddingDim: 8 }, smooth: { leakySlope: 1 } });
