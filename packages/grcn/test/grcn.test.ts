import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { grcn } from '../src/index.js';

// With a slope of 1, LeakyReLU has no kink; loss.test.ts checks gradients with kinks.
backboneSuite({ describe, test, definition: grcn, config: { embeddingDim: 8 }, smooth: { leakySlope: 1 } });
