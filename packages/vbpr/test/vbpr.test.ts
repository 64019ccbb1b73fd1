import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { vbpr } from '../src/index.js';

backboneSuite({ describe, test, definition: vbpr, config: { embeddingDim: 8 } });
