import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { freedom } from '../src/index.js';

backboneSuite({ describe, test, definition: freedom, config: { embeddingDim: 8, neighbours: 4 } });
