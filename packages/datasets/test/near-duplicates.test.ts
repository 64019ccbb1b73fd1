import { describe, expect, it } from 'vitest';
import { closePairs, leastCosine } from '../src/diagnosis/near-duplicates/close-pairs.js';
import { diagnoseDataset, type FeatureMatrix } from '../src/index.js';
import { RandomSource } from '../src/numeric/random-source.js';
import { datasetOf, matrixOf } from './dataset-of.js';
import { thrownBy } from './thrown-by.js';

/** Rows in clusters of three, the second and third at distance `noise` from the first, with random norms. */
function clusters(count: number, columns: number, noise: number, seed = 1): FeatureMatrix {
  const random = new RandomSource(seed, 'clusters');
  const rows = Array.from({ length: count }, () => Array.from(random.normals(columns))).flatMap((centre) =>
    [0, noise, noise].map((far) => {
      const length = 0.1 + 10 * random.uniform();
      return centre.map((value) => length * (value + far * random.normal()));
    }),
  );
  return matrixOf(rows);
}

function everyPair(matrices: FeatureMatrix[], threshold: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let one = 0; one < matrices[0]!.rows; one++) {
    for (let other = one + 1; other < matrices[0]!.rows; other++) {
      if (leastCosine(matrices, one, other) >= threshold) pairs.push([one, other]);
    }
  }
  return pairs;
}

function found(matrices: FeatureMatrix[], threshold: number): [number, number][] {
  const rows = Int32Array.from({ length: matrices[0]!.rows }, (_, row) => row);
  const { ones, others, recall } = closePairs(matrices, rows, threshold);
  expect(recall).toBe(1);
  return Array.from(ones, (one, n) => [one, others[n]!]);
}

describe('closePairs', () => {
  it.each([
    [1, 0.9],
    [2, 0.999],
    [3, 0.5],
    [8, 0.999],
    [8, 0.99],
    [40, 0.999],
    [40, 0.95],
    [40, 0.2],
    [200, 0.999],
  ])('finds in %i columns exactly the pairs with a cosine of %f', (columns, threshold) => {
    for (const noise of [0.001, 0.03, 0.2]) {
      const matrix = clusters(60, columns, noise);
      expect(found([matrix], threshold)).toEqual(everyPair([matrix], threshold));
    }
  });

  it('finds exactly the pairs that are close in every modality', () => {
    const matrices = [clusters(60, 12, 0.03), clusters(60, 5, 0.03, 2)];
    const pairs = found(matrices, 0.998);
    expect(pairs).toEqual(everyPair(matrices, 0.998));
    expect(pairs.length).toBeGreaterThan(5);
    expect(pairs.length).toBeLessThan(everyPair([matrices[0]!], 0.998).length);
  });

  it('reports the share it found if there are too many', () => {
    // 2,000 rows very close to each other give 1,999,000 pairs; the search stops after a million.
    const random = new RandomSource(1, 'many');
    const matrix = matrixOf(Array.from({ length: 2000 }, () => [1, 1e-4 * random.normal(), 1e-4 * random.normal()]));
    const { ones, recall } = closePairs(
      [matrix],
      Int32Array.from({ length: 2000 }, (_, row) => row),
      0.999,
    );
    expect(recall).toBeLessThan(0.6);
    expect(ones.length / recall / 1_999_000).toBeCloseTo(1, 2);
  });
});

describe('near-duplicates', () => {
  // Items 0 and 1 are nearly identical in both modalities, 2 and 3 only in text. Items 4, 5 and 6 share a placeholder image; 7
  // has none.
  const text = [
    [1, 0, 0],
    [1, 0.01, 0],
    [0, 1, 0],
    [0, 1, 0.01],
    [0, 0, 1],
    [1, 1, 0],
    [1, 0, 1],
    [3, 1, 2],
  ];
  const image = [
    [2, 1],
    [2, 1.01],
    [1, 5],
    [-3, 1],
    [-1, -1.5],
    [-1, -1.5],
    [-1, -1.5],
    [0, 0],
  ];
  const dataset = datasetOf(
    {
      train: [[0], [2], [4, 5], [1], [7]],
      validation: [[1], [3], [6], [2], [0]],
      // User 0 already had item 0, which is leakage, not near-leakage. User 2 has two of the items with the placeholder.
      test: [[0], [0], [6], [0], [1]],
    },
    { text, image },
  );
  const measures = diagnoseDataset(dataset).nearDuplicates.found;

  it('are counted in each modality and in all together', () => {
    expect(measures.map(({ modalities, pairs, items }) => [modalities, pairs, items])).toEqual([
      [['text'], 2, 4],
      [['image'], 4, 5],
      [['text', 'image'], 1, 2],
    ]);
    expect(measures.every(({ recall }) => recall === 1)).toBe(true);
  });

  it('come with examples, one per group of equal rows', () => {
    expect(measures[1]!.examples.map(({ items }) => items)).toEqual([
      [0, 1],
      [4, 5],
    ]);
    expect(measures[1]!.examples[1]!.cosine).toBeCloseTo(1, 9);
    expect(measures[2]!.examples[0]!.cosine).toBeGreaterThan(0.999);
  });

  it('count as leaks if the user has the other item in training', () => {
    expect(measures.map(({ leaks }) => leaks)).toEqual([
      { validation: 2, test: 1 },
      { validation: 2, test: 2 },
      { validation: 1, test: 1 },
    ]);
  });

  it('leave out fallbacks, and use the given threshold', () => {
    const without = diagnoseDataset(dataset, {}, { image: [1, 5, 6] }).nearDuplicates.found;
    expect(without.map(({ pairs }) => pairs)).toEqual([2, 0, 0]);
    const loose = diagnoseDataset(dataset, { nearDuplicates: 0.5 }).nearDuplicates;
    expect(loose.threshold).toBe(0.5);
    expect(loose.found[0]!.pairs).toBe(everyPair([matrixOf(text)], 0.5).length);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuse the threshold %f', async (threshold) => {
    const error = await thrownBy(() => diagnoseDataset(dataset, { nearDuplicates: threshold }));
    expect(error.code).toBe('diagnosis/bad-option');
  });
});

describe('near-duplicates in all modalities', () => {
  it('match a comparison of every pair, with groups of equal rows, clusters and fallbacks', () => {
    const random = new RandomSource(5, 'joint');
    const [one, other] = [clusters(40, 12, 0.02), clusters(40, 5, 0.02, 2)];
    for (let row = 0; row < 120; row += 1 + random.below(3)) {
      one.values.copyWithin(row * 12, (row - (row % 3)) * 12, (row - (row % 3) + 1) * 12);
      if (random.below(2) === 0) other.values.copyWithin(row * 5, (row - (row % 3)) * 5, (row - (row % 3) + 1) * 5);
    }
    const dataset = { ...datasetOf({ train: [[0]] }, {}, 120), features: { one, other }, modalities: ['one', 'other'] };
    const fallbacks = [0, 7, 20];
    const { found: measured } = diagnoseDataset(dataset, { nearDuplicates: 0.999 }, { one: fallbacks }).nearDuplicates;
    const expected = everyPair([one, other], 0.999 - 1e-9).filter(
      (pair) => !pair.some((row) => fallbacks.includes(row)),
    );
    expect(measured[2]).toMatchObject({ pairs: expected.length, items: new Set(expected.flat()).size, recall: 1 });
    expect(measured[2]!.pairs).toBeGreaterThan(20);
    expect(measured[2]!.pairs).toBeLessThan(Math.min(measured[0]!.pairs, measured[1]!.pairs));
  });
});
