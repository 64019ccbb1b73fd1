import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { mmgcn } from '../src/index.js';

// With a slope of 1, LeakyReLU has no kink; naive-mmgcn.test.ts checks gradients with kinks.
backboneSuite({ describe, test, definition: mmgcn, config: { embeddingDim: 8 }, smooth: { leakySlope: 1 } });
