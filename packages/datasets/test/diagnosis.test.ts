import { describe, expect, it } from 'vitest';
import { diagnoseDataset, type FeatureMeasures, synthesizeDataset } from '../src/index.js';
import { RandomSource } from '../src/numeric/random-source.js';
import { datasetOf } from './dataset-of.js';

function measured(rows: number[][], fallbacks?: number[]): FeatureMeasures {
  const dataset = datasetOf({ train: [[0]] }, { image: rows });
  return diagnoseDataset(dataset, {}, fallbacks && { image: fallbacks }).features.image!;
}

function normals(rows: number, columns: number, scale = (_column: number) => 1): number[][] {
  const random = new RandomSource(1, 'features');
  return Array.from({ length: rows }, () =>
    Array.from({ length: columns }, (_, column) => random.normal() * scale(column)),
  );
}

describe('feature measurements', () => {
  it('count rows without information: constant rows and fallbacks', () => {
    const rows = [
      [1, 2],
      [0, 0],
      [3, 3],
      [1, 2],
      [5, 6],
    ];
    expect(measured(rows)).toMatchObject({
      faultyRows: { constant: 2, zero: 1, duplicate: 1 },
      coverage: 3 / 5,
      fallbacks: undefined,
    });
    expect(measured(rows, [2, 4])).toMatchObject({ coverage: 2 / 5, fallbacks: 2 });
  });

  it('count columns without information, or with none of their own', () => {
    const rows = [
      [7, 1, 2, 1, 0, 1],
      [7, 3, 2, 3, 0, 3],
      [7, 5, 8, 5, 0, 4],
    ];
    expect(measured(rows).faultyColumns).toEqual({ constant: 2, duplicate: 1 });
    expect(measured([[1, 1]]).faultyColumns).toEqual({ constant: 0, duplicate: 0 });
  });

  it('include the norms of the rows', () => {
    expect(
      measured([
        [3, 4],
        [0, 0],
        [0, 1],
        [6, 8],
      ]),
    ).toMatchObject({
      norms: { min: 1, median: 5, mean: 16 / 3, max: 10 },
      normalised: false,
    });
    expect(
      measured([
        [0.6, 0.8],
        [0, 1],
        [0, 0],
      ]).normalised,
    ).toBe(true);
  });

  it('include the number of directions the features use', () => {
    const line = Array.from({ length: 40 }, (_, n) => [n, 2 * n + 1, 3]);
    expect(measured(line).effectiveRank).toBeCloseTo(1, 4);
    const square = [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ];
    expect(measured(square).effectiveRank).toBeCloseTo(2, 6);
    // Variances 4 and 1 twice: (4 + 1 + 1)² / (16 + 1 + 1) = 2, from all rows and from a sample of 512.
    for (const count of [500, 3000]) {
      const { effectiveRank } = measured(normals(count, 3, (column) => (column === 0 ? 2 : 1)));
      expect(Math.abs(effectiveRank - 2), String(count)).toBeLessThan(0.15);
    }
    expect(Math.abs(measured(normals(3000, 64)).effectiveRank - 64)).toBeLessThan(4);
    for (const columns of [1, 2, 5, 40, 300])
      expect(measured(normals(2000, columns)).effectiveRank).toBeLessThanOrEqual(columns);
    expect(
      measured([
        [1, 2],
        [1, 2],
      ]).effectiveRank,
    ).toBe(0);
  });

  it('include the average similarity of items', () => {
    expect(
      measured([
        [1, 0],
        [0, 1],
        [-1, 0],
      ]).meanCosine,
    ).toBeCloseTo(-1 / 3, 6);
    expect(measured(normals(600, 16).map((row) => row.map((value) => value + 20))).meanCosine).toBeGreaterThan(0.99);
  });

  it('are the same each time', () => {
    const dataset = synthesizeDataset({ seed: 3, userCount: 60, itemCount: 50, interactionsPerUser: 8 });
    expect(diagnoseDataset(dataset)).toEqual(diagnoseDataset(dataset));
  });
});

describe('interaction measurements', () => {
  // Items 0 to 4 have 4, 2, 1, 1 and 0 training interactions; item 4 and user 4 are cold.
  const dataset = datasetOf({
    train: [[0, 1], [0, 1, 2, 3], [0], [0], []],
    validation: [[4], [], [], [1], []],
    test: [[3], [], [4], [4], [0]],
  });
  const { train, validation, test, coldItems, coldUsers } = diagnoseDataset(dataset);

  it('cover the users and items that occur in each split', () => {
    expect(train).toMatchObject({ interactions: 8, users: 4, items: 4, density: 8 / 25 });
    expect(train.perUser).toEqual({ min: 1, median: 1.5, mean: 2, max: 4 });
    expect(train.perItem).toMatchObject({ min: 1, median: 1.5, mean: 2, max: 4 });
    expect(validation).toMatchObject({ interactions: 2, users: 2, items: 2 });
    expect(test).toMatchObject({ interactions: 4, users: 4, items: 3 });
  });

  it('include how unevenly items are chosen', () => {
    // The Gini coefficient of 1, 1, 2, 4 is 2 (1 + 2 + 6 + 16) / (4 x 8) - 5 / 4. One item is both the top 1 % and the top 20
    // %.
    expect(train.perItem.gini).toBeCloseTo(0.3125, 12);
    expect(train.perItem).toMatchObject({ top1: 0.5, top20: 0.5 });
    const even = diagnoseDataset(datasetOf({ train: Array.from({ length: 50 }, (_, user) => [user, user + 50]) }));
    expect(even.train.perItem.gini).toBeCloseTo(0, 12);
    expect(even.train.perItem).toMatchObject({ top1: 0.01, top20: 0.2 });
  });

  it('count users and items that do not occur in training', () => {
    expect(coldItems).toEqual({ count: 1, validation: 1 / 2, test: 2 / 4 });
    expect(coldUsers).toEqual({ count: 1, validation: 0, test: 1 / 4 });
  });
});
