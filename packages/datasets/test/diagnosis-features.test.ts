import { describe, expect, it } from 'vitest';
import { diagnoseDataset, type FeatureMeasures, synthesizeDataset } from '../src/index.js';
import { RandomSource } from '../src/synthetic/random-source.js';
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

describe('features are measured', () => {
  it('by rows that say nothing: constant, or a fallback', () => {
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

  it('by columns that say nothing, or nothing new', () => {
    const rows = [
      [7, 1, 2, 1, 0, 1],
      [7, 3, 2, 3, 0, 3],
      [7, 5, 8, 5, 0, 4],
    ];
    expect(measured(rows).faultyColumns).toEqual({ constant: 2, duplicate: 1 });
    expect(measured([[1, 1]]).faultyColumns).toEqual({ constant: 0, duplicate: 0 });
  });

  it('by the lengths of their rows', () => {
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

  it('by the directions that they use', () => {
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
    expect(
      measured([
        [1, 2],
        [1, 2],
      ]).effectiveRank,
    ).toBe(0);
  });

  it('by how alike items are on average', () => {
    expect(
      measured([
        [1, 0],
        [0, 1],
        [-1, 0],
      ]).meanCosine,
    ).toBeCloseTo(-1 / 3, 6);
    expect(measured(normals(600, 16).map((row) => row.map((value) => value + 20))).meanCosine).toBeGreaterThan(0.99);
  });

  it('to the same numbers each time', () => {
    const dataset = synthesizeDataset({ seed: 3, userCount: 60, itemCount: 50, interactionsPerUser: 8 });
    expect(diagnoseDataset(dataset)).toEqual(diagnoseDataset(dataset));
  });
});
