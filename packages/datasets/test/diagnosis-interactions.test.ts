import { describe, expect, it } from 'vitest';
import { diagnoseDataset } from '../src/index.js';
import { datasetOf } from './dataset-of.js';

describe('interactions are measured', () => {
  // Items 0 to 4 have 4, 2, 1, 1 and 0 training interactions; item 4 and user 4 are cold.
  const dataset = datasetOf({
    train: [[0, 1], [0, 1, 2, 3], [0], [0], []],
    validation: [[4], [], [], [1], []],
    test: [[3], [], [4], [4], [0]],
  });
  const { train, validation, test, coldItems, coldUsers } = diagnoseDataset(dataset);

  it('in each split, over the users and items that it knows', () => {
    expect(train).toMatchObject({ interactions: 8, users: 4, items: 4, density: 8 / 25 });
    expect(train.perUser).toEqual({ min: 1, median: 1.5, mean: 2, max: 4 });
    expect(train.perItem).toMatchObject({ min: 1, median: 1.5, mean: 2, max: 4 });
    expect(validation).toMatchObject({ interactions: 2, users: 2, items: 2 });
    expect(test).toMatchObject({ interactions: 4, users: 4, items: 3 });
  });

  it('by how unevenly the items are chosen', () => {
    // Gini of 1, 1, 2, 4: 2 (1 + 2 + 6 + 16) / (4 x 8) - 5 / 4. One item is the top 1 %, and the top 20 %.
    expect(train.perItem.gini).toBeCloseTo(0.3125, 12);
    expect(train.perItem).toMatchObject({ top1: 0.5, top20: 0.5 });
    const even = diagnoseDataset(datasetOf({ train: Array.from({ length: 50 }, (_, user) => [user, user + 50]) }));
    expect(even.train.perItem.gini).toBeCloseTo(0, 12);
    expect(even.train.perItem).toMatchObject({ top1: 0.01, top20: 0.2 });
  });

  it('and by what training does not know', () => {
    expect(coldItems).toEqual({ count: 1, validation: 1 / 2, test: 2 / 4 });
    expect(coldUsers).toEqual({ count: 1, validation: 0, test: 1 / 4 });
  });
});
