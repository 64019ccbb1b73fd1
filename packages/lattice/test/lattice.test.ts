import { backboneSuite } from '@balanced-rec/backbone-testkit';
import { describe, test } from 'vitest';
import { lattice } from '../src/index.js';

const config = { embeddingDim: 8, featureDim: 8, neighbours: 4 };
// Where every item is a neighbour, the choice of neighbours makes no kinks.
const smooth = { neighbours: 20 };

backboneSuite({ describe, test, definition: lattice, config, smooth });

describe('with NGCF', () => {
  // Without dropout, which would part the student's views from what the suite compares them with; ngcf.test.ts has it.
  const ngcf = { ...config, cfModel: 'ngcf', messageDropout: 0 };
  // Without layers there is no kink of LeakyReLU; gradients through layers are in ngcf.test.ts.
  backboneSuite({ describe, test, definition: lattice, config: ngcf, smooth: { ...smooth, layers: 0 } });
});
