import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { bm3 } from '../src/index.js';

// The targets are held fixed, so loss.test.ts checks the gradients.
backboneSuite({ describe, test, definition: bm3, config: { embeddingDim: 8 } });
