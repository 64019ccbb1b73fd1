import { backboneSuite } from '@balanced-rec/backbone-suite';
import { describe, test } from 'vitest';
import { vbpr } from '../src/index.js';

backboneSuite({ describe, test, definition: vbpr, config: { embeddingDim: 8 } });
