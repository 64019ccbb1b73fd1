import { expect, test } from 'vitest';
import { generateDataset } from '../src/generate-dataset.js';

const shape = { users: 300, items: 120, interactions: 2500, imageDim: 6, textDim: 3 };

function itemsOf({ offsets, items }: { offsets: Int32Array; items: Int32Array }, user: number): number[] {
  return [...items.subarray(offsets[user], offsets[user + 1])];
}

test('has exactly the requested shape', () => {
  const data = generateDataset(shape, 1);
  expect(data).toMatchObject({ userCount: 300, itemCount: 120, modalities: ['image', 'text'] });
  expect(data.train.items).toHaveLength(2500);
  for (const split of [data.train, data.validation, data.test]) {
    expect(split.offsets).toHaveLength(301);
    expect(split.offsets.at(-1)).toBe(split.items.length);
  }
  expect(data.features.image).toMatchObject({ rows: 120, columns: 6 });
  expect(data.features.image!.values).toHaveLength(120 * 6);
  expect(data.features.text!.values).toHaveLength(120 * 3);
});

test('gives every user at least two training items, one validation item and one test item, all different', () => {
  const data = generateDataset(shape, 1);
  for (let user = 0; user < shape.users; user++) {
    const [train, validation, held] = [data.train, data.validation, data.test].map((split) => itemsOf(split, user));
    expect(train!.length).toBeGreaterThanOrEqual(2);
    expect([validation!.length, held!.length]).toEqual([1, 1]);
    expect(train).toEqual([...train!].sort((a, b) => a - b));
    const all = [...train!, ...validation!, ...held!];
    expect(new Set(all).size).toBe(all.length);
    for (const item of all) expect(item >= 0 && item < shape.items).toBe(true);
  }
});

test('has popular items that are not adjacent', () => {
  const { train } = generateDataset(shape, 1);
  const counts = new Int32Array(shape.items);
  for (const item of train.items) counts[item]!++;
  const popular = [...counts.keys()].sort((a, b) => counts[b]! - counts[a]!).slice(0, shape.items / 10);
  const share = popular.reduce((sum, item) => sum + counts[item]!, 0) / train.items.length;
  // If all items were equally popular, this would be a tenth.
  expect(share).toBeGreaterThan(0.2);
  expect(Math.max(...popular) - Math.min(...popular)).toBeGreaterThan(shape.items / 2);
});

test('gives the same data for the same seed and different data for another', () => {
  expect(generateDataset(shape, 7)).toEqual(generateDataset(shape, 7));
  const [one, other] = [generateDataset(shape, 7), generateDataset(shape, 8)];
  expect(one.train.items).not.toEqual(other.train.items);
  expect(one.features.text!.values).not.toEqual(other.features.text!.values);
});

test('omits a modality with dimension 0', () => {
  const data = generateDataset({ ...shape, imageDim: 0 }, 1);
  expect(data.modalities).toEqual(['text']);
  expect(Object.keys(data.features)).toEqual(['text']);
});

test('generates the densest data allowed', () => {
  const dense = { users: 12, items: 40, interactions: (12 * 40) / 4, imageDim: 1, textDim: 0 };
  expect(generateDataset(dense, 1).train.items).toHaveLength(dense.interactions);
});
