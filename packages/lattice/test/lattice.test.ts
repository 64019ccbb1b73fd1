import { backboneSuite } from '@balanced-rec/backbone-suite';
import { describe, test } from 'vitest';
import { lattice } from '../src/index.js';

const config = { embeddingDim: 8, featureDim: 8, neighbours: 4 };
// Where every item is a neighbour, the choice of neighbours makes no kinks.
backboneSuite({ describe, test, definition: lattice, config, smooth: { neighbours: 20 } });
