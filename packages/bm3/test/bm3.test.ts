import { backboneSuite } from '@balanced-rec/backbone-suite';
import { describe, test } from 'vitest';
import { bm3 } from '../src/index.js';

// The targets are held fixed, so gradients are checked in gradients.test.ts; the joint scores are those of the ids.
backboneSuite({
  describe,
  test,
  definition: bm3,
  config: { embeddingDim: 8 },
  scoresContent: false,
  stopsGradients: true,
});
