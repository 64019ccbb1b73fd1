import { itemsOf } from '@balanced-rec/interactions';
import { describe, expect, it } from 'vitest';
import { hashDataset, synthesizeDataset } from '../src/index.js';
import { contentScores, recallAt, shuffledRows, sumOf } from './content-knn.js';
import { thrownBy } from './thrown-by.js';

describe('synthesizeDataset', () => {
  it('gives the same data for the same seed, and different data for another', () => {
    const hashOf = (seed: number) => hashDataset(synthesizeDataset({ seed }));
    expect(hashOf(3)).toBe(hashOf(3));
    expect(hashOf(3)).not.toBe(hashOf(4));
    expect(hashOf(3)).not.toBe(hashOf(3 + 2 ** 32));
  });

  it('gives every user distinct items in all three splits', () => {
    const { userCount, train, validation, test } = synthesizeDataset({ seed: 1, interactionsPerUser: 6 });
    for (let user = 0; user < userCount; user++) {
      const sets = [train, validation, test].map((split) => itemsOf(split, user));
      for (const items of sets) expect(items.length).toBeGreaterThan(0);
      const all = sets.flatMap((items) => Array.from(items));
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('plants any number of modalities, in the fixed order', () => {
    const modalities = ['video', 'text', 'image'].map((name) => ({ name, dimension: 4, strength: 1, noise: 1 }));
    const dataset = synthesizeDataset({ seed: 1, modalities });
    expect(dataset.modalities).toEqual(['image', 'text', 'video']);
    expect(dataset.features.video).toMatchObject({ rows: 250, columns: 4 });
  });

  it('keeps the interactions when only the feature noise changes', () => {
    const dials = { dimension: 8, strength: 1 };
    const [one, other] = [0.1, 2].map((noise) =>
      synthesizeDataset({ seed: 1, modalities: [{ name: 'text', noise, ...dials }] }),
    );
    expect(other!.train).toEqual(one!.train);
    expect(other!.features.text).not.toEqual(one!.features.text);
  });

  it.each([
    [{ seed: 0.5 }, 'seed', '0.5'],
    [{ seed: 1, userCount: 0 }, 'userCount', '0'],
    [{ seed: 1, interactionsPerUser: 200 }, 'interactionsPerUser', '200'],
    [
      { seed: 1, modalities: [{ name: 'a', dimension: 2, strength: 1, noise: Number.NaN }] },
      'modalities[0].noise',
      'NaN',
    ],
  ])('refuses %j', async (options, place, found) => {
    const error = await thrownBy(() => synthesizeDataset(options));
    expect(error.code).toBe('synthetic/bad-option');
    expect(error.details).toMatchObject({ place, found });
  });

  // Content-kNN measures how much the features tell about the users' choices, without training.
  it.each([1, 2, 3])('plants a strong text modality and a weak image modality that adds to it (seed %i)', (seed) => {
    const dataset = synthesizeDataset({ seed });
    const recall = (scores: ReturnType<typeof contentScores>) => recallAt(20, dataset, scores);
    const text = contentScores(dataset.features.text!, dataset.train);
    const image = contentScores(dataset.features.image!, dataset.train);
    const chance = contentScores(shuffledRows(dataset.features.image!), dataset.train);
    const found = {
      text: recall(text),
      image: recall(image),
      both: recall(sumOf(text, image)),
      chance: recall(chance),
    };
    console.log(`seed ${seed}, Recall@20:`, found);
    expect(found.text).toBeGreaterThan(found.image + 0.05);
    expect(found.image).toBeGreaterThan(found.chance + 0.1);
    expect(found.both).toBeGreaterThan(found.text + 0.05);
  });
});
