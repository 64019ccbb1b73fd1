import { backboneSuite } from '@balanced-rec/backbone-suite';
import { describe, test } from 'vitest';
import { grcn } from '../src/index.js';

backboneSuite({ describe, test, definition: grcn, config: { embeddingDim: 8 }, smooth: { leakySlope: 1 } });
