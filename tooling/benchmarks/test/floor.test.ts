import { expect, test } from 'vitest';
import type { BackboneName } from '../src/backbone-names.js';
import { leastRankingWork, leastTrainingWork } from '../src/floor/least-work.js';
import { floorSeconds } from '../src/floor/measure-floor.js';
import { meanRowsPerStep } from '../src/floor/rows-per-step.js';
import { Work } from '../src/floor/work.js';

const sizes = {
  users: 3,
  items: 2,
  interactions: 4,
  features: [5, 2],
  config: { embeddingDim: 2, featureDim: 3, layers: 2, itemLayers: 1, neighbours: 2, dropout: 0.5 },
};
const plain = { users: 3, positives: 1, items: 2 };
const distilled = { ...plain, distilled: { users: 3, items: 2 } };

// A sparse entry moves (2 + 2) * 4 = 16 bytes, a parameter 32. Projections have (5 + 1) * 2 + (2 + 1) * 2 = 18 parameters.
const counted: Record<BackboneName, { plain: [number, number]; distilled: [number, number] }> = {
  // Products for 2 items: 2 * (2 * 2 * 5 * 2) + 2 * (2 * 2 * 2 * 2). Bytes: features 2 * 7 * 4, parameters 40 * 32;
  // the two teachers' rows 2 * (3 + 2) * 6 * 4.
  vbpr: { plain: [112, 56 + 1280], distilled: [112, 56 + 1280 + 240] },
  // Projections as in VBPR. Per modality 192 for conv and linear in the first layer, 120 for its gate, 360 for the second layer.
  // 13 entries with loops, 4 passes per modality; features and preferences 26 * 4; parameters 100 * 32.
  // Imputed networks: per modality 120 + 360, and 2 passes. Teachers' rows: 2 * (3 + 2) * 2 * 4.
  mmgcn: {
    plain: [112 + 2 * 672, 2 * 832 + 104 + 3200],
    distilled: [112 + 2 * 672 + 2 * 480, 2 * 832 + 104 + 3200 + 2 * 416 + 80],
  },
  // 8 edges: in each content network 3 passes over them and 3 over the 4 interactions, in each ID network 6 over the edges;
  // parameters 50 * 32.
  grcn: { plain: [112, 56 + (12 * 8 + 6 * 4) * 16 + 1600], distilled: [112, 56 + (24 * 8 + 6 * 4) * 16 + 1600 + 240] },
  // 13 entries, 4 passes; 4 entries of an item graph, 2 passes for each of 2 originals and 2 (distilled 4) learned graphs; the ids.
  lattice: { plain: [0, 832 + 8 * 4 * 16 + 320], distilled: [0, 832 + 12 * 4 * 16 + 320 + 80] },
  // Two layers: 8 entries, 4 passes. Content of 1 positive: 60 + 24, and predictor 2 * 24. Predictor of 3 users 72, of the positive 24.
  // Parameters: 1 row of 7 features, projections, ids, predictor. Distilled: content of 2 items, and a negative's joint row.
  bm3: {
    plain: [60 + 24 + 48 + 72 + 24, 512 + (7 + 18 + 10 + 6) * 32],
    distilled: [120 + 48 + 96 + 72 + 24 + 8, 512 + (14 + 18 + 10 + 6) * 32 + 80],
  },
  // 2 of 4 interactions kept: 4 entries, 4 passes; 8 entries of item graphs, 2 passes. Three products for each projection.
  freedom: {
    plain: [120 + 48, 256 + 256 + (14 + 18 + 10) * 32],
    distilled: [120 + 48, 256 + 256 + (14 + 18 + 10) * 32 + 80],
  },
};

test.each(Object.entries(counted))('%s: the least work of a step matches a count by hand', (name, expected) => {
  const count = (rows: typeof plain) => {
    const { flops, bytes } = leastTrainingWork(name as BackboneName, sizes, rows);
    return [flops, bytes];
  };
  expect(count(plain)).toEqual(expected.plain);
  expect(count(distilled)).toEqual(expected.distilled);
});

test('the counterfactual needs further views with three modalities', () => {
  const three = { ...sizes, features: [5, 2, 1] };
  const bytes = (name: BackboneName, rows: typeof plain) => leastTrainingWork(name, three, rows).bytes;
  const teachers = (width: number) => 3 * (3 + 2) * width * 4;
  // 3 more ID networks with gradients, 6 passes each, and 3 without, 2 passes each.
  expect(bytes('grcn', distilled) - bytes('grcn', plain)).toBe((18 + 6) * 8 * 16 + teachers(8));
  // 3 more single learned graphs, 2 passes each, and 3 pairs of them without gradients.
  expect(bytes('lattice', distilled) - bytes('lattice', plain)).toBe((6 + 6) * 4 * 16 + teachers(2));
});

test('the least work of a ranking is the work for the tables and for one product', () => {
  // Tables: projections 40 + 16 from features 14 * 4 bytes and parameters 40 * 4; scores 2 * 3 * 6 * 2 from 5 rows.
  expect(leastRankingWork('vbpr', sizes, 3)).toMatchObject({ flops: 56 + 72, bytes: 56 + 160 + 120 });
  // Predictor for 5 nodes; 8 entries, 2 layers; ids and predictor.
  expect(leastRankingWork('bm3', sizes, 3)).toMatchObject({ flops: 40 + 24, bytes: 256 + 64 + 40 });
  // 8 entries, 2 layers; 8 entries in item graphs; ids.
  expect(leastRankingWork('freedom', sizes, 3)).toMatchObject({ flops: 24, bytes: 256 + 128 + 40 + 40 });
  // Projections 2 * 2 * 7 * 3 and, for each modality, half of 2 * 2 * 3 * 2 for the cosines.
  expect(leastRankingWork('lattice', sizes, 3).flops).toBe(84 + 2 * 12 + 24);
});

test('the floor is the longer of the two times', () => {
  const work = Object.assign(new Work(), { flops: 100, bytes: 30 });
  expect(floorSeconds(work, { flopsPerSecond: 50, bytesPerSecond: 10 })).toBe(3);
  expect(floorSeconds(work, { flopsPerSecond: 20, bytesPerSecond: 10 })).toBe(5);
});

test('counts distinct rows per batch, including any pairs', () => {
  const ids = (...values: number[]) => Int32Array.from(values);
  const batches = [
    { users: ids(0, 0), positives: ids(1, 2), negatives: ids(2, 3) },
    { users: ids(0, 1), positives: ids(1, 1), negatives: ids(1, 1) },
  ];
  const sampler = { steps: 2, epoch: () => batches };
  const rows = { users: 1.5, positives: 1.5, items: 2 };
  expect(meanRowsPerStep(sampler)).toEqual(rows);
  const pairs = () => ({ users: ids(5), positives: ids(1), negatives: ids(9) });
  expect(meanRowsPerStep(sampler, pairs)).toEqual({ ...rows, distilled: { users: 2.5, items: 3 } });
});
