import { itemsOf } from '@balanced-rec/interactions';
import { describe, expect, it } from 'vitest';
import { itemNeighbourScorer } from '../src/diagnosis/probe/interaction-scorers.js';
import { prepareFeatures } from '../src/diagnosis/probe/prepare-features.js';
import { recallOfEach, sampleUsers } from '../src/diagnosis/probe/recall.js';
import { findInDiagnosis } from '../src/findings/find-in-diagnosis.js';
import { type DatasetContent, diagnoseDataset, type ProbeMeasures, synthesizeDataset } from '../src/index.js';
import { multiplyRows } from '../src/numeric/multiply-rows.js';
import { RandomSource } from '../src/numeric/random-source.js';
import { isClear } from '../src/numeric/statistics.js';
import { contentScores, recallAt } from './content-knn.js';
import { datasetOf, interactionsOf, matrixOf } from './dataset-of.js';

function probed(dataset: DatasetContent, probe?: boolean): ProbeMeasures {
  const measures = diagnoseDataset(dataset, { probe }).probe;
  if ('skipped' in measures) throw new Error(measures.skipped);
  return measures;
}

/** 240 users, each with ten items from one of ten genres with 26 items each. `genre` reveals the genre, `noise` nothing. */
function genres(): DatasetContent {
  const random = new RandomSource(1, 'genres');
  const items = Array.from({ length: 260 }, (_, item) => item);
  const users = Array.from({ length: 240 }, (_, user) => {
    const own = random.shuffle(Int32Array.from({ length: 26 }, (_, n) => n * 10 + (user % 10)));
    return Array.from(own.subarray(0, 10));
  });
  const split = (from: number, to: number) => users.map((chosen) => chosen.slice(from, to));
  return datasetOf(
    { train: split(0, 6), validation: split(6, 8), test: split(8, 10) },
    {
      genre: items.map((item) => items.slice(0, 10).map((n) => (n === item % 10 ? 1 : 0) + 0.01 * random.normal())),
      noise: items.map(() => Array.from(random.normals(20))),
    },
  );
}

describe('the probe', () => {
  it('recognizes a fully informative and an uninformative modality, and says what to expect', () => {
    const dataset = genres();
    const { users, modalities, popularity, itemNeighbours, verdict } = probed(dataset);
    const [genre, noise] = modalities;
    expect(users).toBe(240);
    // A user's genre has 20 items outside training: exactly the length of the list.
    expect(genre!.neighbours).toMatchObject({ recall: { mean: 1, error: 0 } });
    expect(genre!.linear).toMatchObject({ recall: { mean: 1, error: 0 } });
    expect(itemNeighbours.trainingShare).toBe(1);
    expect(itemNeighbours.mean).toBeGreaterThan(0.95);
    const chance = 20 / 254;
    for (const { mean, error } of [
      noise!.neighbours.recall,
      noise!.linear.recall,
      popularity,
      genre!.linear.shuffled,
    ]) {
      expect(Math.abs(mean - chance)).toBeLessThan(4 * error);
    }
    expect(genre!.linear.advantage.mean).toBeCloseTo(1 - genre!.linear.shuffled.mean, 9);
    expect(isClear(genre!.linear.advantage)).toBe(true);
    expect(isClear(noise!.neighbours.advantage) || isClear(noise!.linear.advantage)).toBe(false);
    expect(verdict).toMatch(
      /^genre alone reaches 1\.000, noise 0\.\d+ \(chance 0\.\d+\): expect a joint model to lean on genre$/,
    );
  });

  it('detects rows that belong to other items', () => {
    const dataset = genres();
    const { rows, columns, values } = dataset.features.genre!;
    const order = new RandomSource(2, 'order').shuffle(Int32Array.from({ length: rows }, (_, row) => row));
    const mixed = matrixOf(Array.from(order, (row) => Array.from(values.subarray(row * columns, (row + 1) * columns))));
    const features = { genre: mixed };
    const findings = findInDiagnosis(diagnoseDataset({ ...dataset, features, modalities: ['genre'] }));
    expect(findings.map(({ code }) => code)).toContain('features/no-signal');
  });

  it('says so if no modality is ahead', () => {
    const dataset = genres();
    const { genre } = dataset.features;
    const both = { ...dataset, features: { a: genre!, b: genre! }, modalities: ['a', 'b'] };
    expect(probed(both).verdict).toMatch(/^a alone reaches 1\.000, b 1\.000 .*: none is clearly ahead of the others$/);
    const nothing = { ...dataset, features: { noise: dataset.features.noise! }, modalities: ['noise'] };
    expect(probed(nothing).verdict).toMatch(/: no modality alone is clearly better than chance$/);
  });

  it('agrees with the planted strengths, and with plain content neighbours', () => {
    const dataset = synthesizeDataset({ seed: 1 });
    const { modalities, verdict } = probed(dataset);
    expect(verdict).toMatch(/^text alone reaches .*: expect a joint model to lean on text$/);
    for (const { modality, neighbours } of modalities) {
      // Planted features have a mean of almost zero, so centring changes little.
      const plain = recallAt(20, dataset, contentScores(dataset.features[modality]!, dataset.train));
      expect(Math.abs(neighbours.recall.mean - plain), modality).toBeLessThan(0.03);
    }
  });

  it('is skipped if it is not wanted, not quick, or has nothing to measure', () => {
    const skipped = (dataset: DatasetContent, probe?: boolean) => {
      const measures = diagnoseDataset(dataset, { probe }).probe;
      return 'skipped' in measures ? measures.skipped : undefined;
    };
    expect(skipped(genres(), false)).toBe('not requested');
    expect(skipped(datasetOf({ train: [[0]] }))).toBe('there are no features');
    expect(skipped(datasetOf({ train: [[0], []], test: [[], [1]] }, { text: [[1], [2]] }))).toMatch(
      /^no user has items/,
    );
    const few = Array.from({ length: 21 }, (_, item) => [item % 3, 1]);
    expect(skipped(datasetOf({ train: [[0, 1]], test: [[2]] }, { text: few }))).toMatch(/^with 21 items/);
    const itemCount = 200_000;
    const wide = { rows: itemCount, columns: 512, values: new Float32Array(itemCount * 512) };
    const users = Array.from({ length: 300 }, (_, user) => [user]);
    const large = { ...datasetOf({ train: users, validation: users, test: users }, {}, itemCount), features: { wide } };
    expect(skipped({ ...large, modalities: ['wide'] })).toMatch(/^it would take about \d+ minutes$/);
  });

  it('handles constant features, and a single column', () => {
    const dataset = genres();
    const same = { rows: 260, columns: 3, values: new Float32Array(780).fill(2) };
    const single = { rows: 260, columns: 1, values: Float32Array.from({ length: 260 }, (_, item) => item - 100) };
    for (const matrix of [same, single]) {
      const { modalities } = probed({ ...dataset, features: { odd: matrix }, modalities: ['odd'] });
      expect(Number.isFinite(modalities[0]!.linear.recall.mean)).toBe(true);
    }
  });
});

describe('the parts of the probe', () => {
  const random = new RandomSource(1, 'numbers');
  const normals = (count: number) => Float32Array.from({ length: count }, () => random.normal());

  it('score item neighbours as computed by hand', () => {
    const train = interactionsOf([[0, 1], [0, 1, 2], [2], [0]]);
    const scores = new Float32Array(6);
    // Users 1 and 2 are scored. Item 0 has three users, 1 and 2 have two each; 0 and 1 share two, the other pairs one.
    itemNeighbourScorer(train, 3)(interactionsOf([[], [1], [0, 2]]), 1, 3, scores);
    const [near, far] = [2 / Math.sqrt(6), 1 / Math.sqrt(6)];
    const expected = [near, 1, 1 / 2, 1 + far, near + 1 / 2, far + 1];
    for (const [n, score] of scores.entries()) expect(score).toBeCloseTo(expected[n]!, 6);
  });

  it('compute recall in blocks of users, without known items', () => {
    const itemCount = 100;
    const users = Array.from({ length: 1200 }, (_, user) => user % itemCount);
    const known = interactionsOf(users.map((item) => [item]));
    const wanted = interactionsOf(users.map((item) => [(item + 1) % itemCount, (item + 40) % itemCount]));
    const recalls = recallOfEach(
      (ofUsers, first, last, scores) => {
        for (let user = first; user < last; user++) {
          const own = itemsOf(ofUsers, user)[0]!;
          for (let item = 0; item < itemCount; item++) {
            scores[(user - first) * itemCount + item] = -((item - own + itemCount) % itemCount);
          }
        }
      },
      { count: users.length, known, wanted },
      itemCount,
    );
    expect(new Set(recalls)).toEqual(new Set([0.5]));
  });

  it('sample users with known and wanted items, each once', () => {
    const train = interactionsOf(Array.from({ length: 50 }, (_, user) => (user % 2 === 0 ? [user] : [])));
    const test = interactionsOf(Array.from({ length: 50 }, (_, user) => (user % 3 === 0 ? [user] : [])));
    const { count, known, wanted } = sampleUsers(train, test, 1000);
    expect(count).toBe(9);
    expect(Array.from(known.items).sort((a, b) => a - b)).toEqual([0, 6, 12, 18, 24, 30, 36, 42, 48]);
    expect(wanted.items).toEqual(known.items);
    expect(sampleUsers(train, test, 4).count).toBe(4);
  });

  it('centre prepared features, and nearly preserve dot products when sketching', () => {
    const rows = Array.from({ length: 40 }, () => Array.from(normals(3000), (value) => value + 5));
    const matrix = matrixOf(rows);
    const exact = prepareFeatures(matrix, new Uint8Array(40), 3000);
    const sketch = prepareFeatures(matrix, new Uint8Array(40));
    expect(sketch.columns).toBe(512);
    const products = [exact, sketch].map(({ columns, values }) => {
      const result = new Float32Array(1600);
      multiplyRows(values, 40, values, 40, columns, result);
      return result;
    });
    const length = Math.sqrt(products[0]![0]!);
    const errors = products[0]!.map((value, n) => (value - products[1]![n]!) / length ** 2);
    const deviation = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(deviation).toBeLessThan(0.06);
    for (let k = 0; k < 3000; k += 500) {
      let sum = 0;
      for (let row = 0; row < 40; row++) sum += exact.values[row * 3000 + k]!;
      expect(sum).toBeCloseTo(0, 4);
    }
  });
});
