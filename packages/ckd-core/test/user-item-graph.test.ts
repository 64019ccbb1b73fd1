import { describe, expect, test } from 'vitest';
import { type AdjacencyNormalization, bipartiteAdjacency } from '../src/backbone.js';
import { dataOf } from './support/data.js';

/** User 0 has items 0 and 1, user 1 has item 1, user 2 has none; nobody has item 2. Nodes 0, 1, 2 are users and 3, 4, 5 are items. */
const data = dataOf([[0, 1], [1], []], 3);

function dense(normalization: AdjacencyNormalization): number[][] {
  const { pattern, values } = bipartiteAdjacency(data, normalization);
  const rows = Array.from({ length: pattern.rows }, () => new Array<number>(pattern.columns).fill(0));
  for (const [entry, row] of [...pattern.rowIndices()].entries()) {
    rows[row]![pattern.columnIndices[entry]!] = values[entry]!;
  }
  return rows;
}

const third = 1 / 3;
const rootHalf = Math.SQRT1_2;
const expected: Record<AdjacencyNormalization, number[][]> = {
  rowMeanSelfLoop: [
    [third, 0, 0, third, third, 0],
    [0, 0.5, 0, 0, 0.5, 0],
    [0, 0, 1, 0, 0, 0],
    [0.5, 0, 0, 0.5, 0, 0],
    [third, third, 0, 0, third, 0],
    [0, 0, 0, 0, 0, 1],
  ],
  rowMean: [
    [0, 0, 0, 0.5, 0.5, 0],
    [0, 0, 0, 0, 1, 0],
    [0, 0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0],
    [0.5, 0.5, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
  ],
  symmetric: [
    [0, 0, 0, rootHalf, 0.5, 0],
    [0, 0, 0, 0, rootHalf, 0],
    [0, 0, 0, 0, 0, 0],
    [rootHalf, 0, 0, 0, 0, 0],
    [0.5, rootHalf, 0, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
  ],
};

describe('bipartiteAdjacency', () => {
  test.each(Object.keys(expected) as AdjacencyNormalization[])(
    'matches the definition of %s, including nodes without interactions',
    (name) => {
      const found = dense(name);
      for (const [row, values] of expected[name].entries()) {
        for (const [column, value] of values.entries()) {
          expect(found[row]![column], `row ${row}, column ${column}`).toBeCloseTo(value, 6);
        }
      }
    },
  );

  test('has no entry where there is no edge', () => {
    expect(bipartiteAdjacency(data, 'rowMean').pattern.entries).toBe(6);
    expect(bipartiteAdjacency(data, 'symmetric').pattern.entries).toBe(6);
    expect(bipartiteAdjacency(data, 'rowMeanSelfLoop').pattern.entries).toBe(12);
  });
});
