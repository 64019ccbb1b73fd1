import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { myBackbone } from '../src/index.js';

backboneSuite({ describe, test, definition: myBackbone, config: { embeddingDim: 8 } });
