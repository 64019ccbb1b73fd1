import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { lightgcnFeatures } from '../src/index.js';

backboneSuite({ describe, test, definition: lightgcnFeatures, config: { embeddingDim: 8 } });
