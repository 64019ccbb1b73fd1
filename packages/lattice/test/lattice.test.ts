import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { lattice } from '../src/index.js';

const config = { embeddingDim: 8, featureDim: 8, neighbours: 4 };
// If every item is a neighbour, the choice of neighbours adds no kinks.
const smooth = { neighbours: 20 };

backboneSuite({ describe, test, definition: lattice, config, smooth });

describe('with NGCF', () => {
  // Without dropout, because the student's views would differ from what the suite compares them with; ngcf.test.ts covers dropout.
  const ngcf = { ...config, cfModel: 'ngcf', messageDropout: 0 };
  // Without layers there is no kink of LeakyReLU; ngcf.test.ts checks gradients through layers.
  backboneSuite({ describe, test, definition: lattice, config: ngcf, smooth: { ...smooth, layers: 0 } });
});
