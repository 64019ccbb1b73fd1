import { describe, expect, it } from 'vitest';
import { type SyntheticOptions, synthesizeDataset } from '../src/index.js';
import { Candidates } from '../src/synthetic/plant-users.js';
import { contentScores, recallAt } from './content-knn.js';
import { thrownBy } from './thrown-by.js';

// Content-kNN measures how much the features tell about the users' choices, without training.
function recallOfText(
  options: Partial<SyntheticOptions>,
  dials: { strength?: number; noise?: number; speed?: number },
) {
  const text = { name: 'text', dimension: 24, strength: 1, noise: 0.5, ...dials };
  const image = { name: 'image', dimension: 24, strength: 1, noise: 0.5 };
  const dataset = synthesizeDataset({ seed: 1, ...options, modalities: [image, text] });
  return recallAt(20, dataset, contentScores(dataset.features.text!, dataset.train));
}

describe.each([
  ['all items', {}],
  ['a tenth of the items', { itemCount: 600, candidateCount: 60, userCount: 500 }],
])('the dials, if users choose from %s', (_, options) => {
  it('a stronger modality ranks better by its content', () => {
    const recalls = [0, 0.5, 1, 2].map((strength) => recallOfText(options, { strength }));
    console.log('Recall@20 of text by strength 0, 0.5, 1, 2:', recalls);
    for (let n = 1; n < recalls.length; n++) expect(recalls[n]).toBeGreaterThan(recalls[n - 1]! * 1.1);
  });

  it('a modality with noisier features ranks worse by its content', () => {
    const recalls = [0.3, 3, 10].map((noise) => recallOfText(options, { noise }));
    console.log('Recall@20 of text by noise 0.3, 3, 10:', recalls);
    for (let n = 1; n < recalls.length; n++) expect(recalls[n]).toBeLessThan(recalls[n - 1]!);
  });
});

it('speed only changes the scale of the features, neither the choices of users nor the information in the features', () => {
  const make = (speed: number) =>
    synthesizeDataset({ seed: 2, modalities: [{ name: 'text', dimension: 8, strength: 1, noise: 0.5, speed }] });
  const [one, quarter] = [make(1), make(0.25)];
  expect(quarter.train).toEqual(one.train);
  expect(quarter.features.text!.values).toEqual(one.features.text!.values.map((value) => value / 4));
});

it('scale is an alias of speed', async () => {
  const make = (dials: { speed?: number; scale?: number }) =>
    synthesizeDataset({ seed: 2, modalities: [{ name: 'text', dimension: 8, strength: 1, noise: 0.5, ...dials }] });
  expect(make({ scale: 0.2 })).toEqual(make({ speed: 0.2 }));
  const error = await thrownBy(() => make({ speed: 1, scale: 0.2 }));
  expect(error.details).toMatchObject({ code: 'synthetic/bad-option', place: 'modalities[0].scale', found: '0.2' });
});

it('candidates are distinct, and all items are equally likely', () => {
  const candidates = new Candidates(1, 50, 10);
  const counts = new Int32Array(50);
  for (let user = 0; user < 5000; user++) {
    candidates.draw();
    expect(new Set(candidates.drawn).size).toBe(10);
    for (const item of candidates.drawn) counts[item]!++;
  }
  // Binomial with mean 1000 and standard deviation 28; this is five deviations away.
  expect(Math.min(...counts)).toBeGreaterThan(860);
  expect(Math.max(...counts)).toBeLessThan(1140);
});
