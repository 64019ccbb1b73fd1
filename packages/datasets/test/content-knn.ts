import { type Interactions, itemsOf } from '@balanced-rec/interactions';
import type { DatasetContent, FeatureMatrix } from '../src/index.js';

/** For each user with items in both splits: the similarity of every item to the mean of the user's training items. */
export type Scores = (user: number) => Float64Array;

/** Cosine between each item and the user's profile, z-scored over the items so that modalities can be added. */
export function contentScores(matrix: FeatureMatrix, train: Interactions): Scores {
  const rows = Array.from({ length: matrix.rows }, (_, item) => unit(rowOf(matrix, item)));
  return (user) => {
    const profile = new Float64Array(matrix.columns);
    for (const item of itemsOf(train, user)) add(profile, rowOf(matrix, item));
    return zScored(Float64Array.from(rows, (row) => dot(row, profile)));
  };
}

export function sumOf(one: Scores, other: Scores): Scores {
  return (user) => add(one(user), other(user));
}

/** Every item gets another item's row, which gives the chance level. */
export function shuffledRows(matrix: FeatureMatrix): FeatureMatrix {
  const values = new Float32Array(matrix.values.length);
  // 7919 is prime, so every row is taken once.
  for (let row = 0; row < matrix.rows; row++)
    values.set(rowOf(matrix, (row * 7919 + 13) % matrix.rows), row * matrix.columns);
  return { ...matrix, values };
}

/** Mean Recall@k of users on their test items, with training items masked. */
export function recallAt(k: number, dataset: DatasetContent, scores: Scores): number {
  let sum = 0;
  let users = 0;
  for (let user = 0; user < dataset.userCount; user++) {
    const wanted = new Set(itemsOf(dataset.test, user));
    const known = new Set(itemsOf(dataset.train, user));
    if (wanted.size === 0 || known.size === 0) continue;
    const ofUser = scores(user);
    const ranked = Array.from(ofUser.keys()).filter((item) => !known.has(item));
    ranked.sort((a, b) => ofUser[b]! - ofUser[a]!);
    sum += ranked.slice(0, k).filter((item) => wanted.has(item)).length / wanted.size;
    users++;
  }
  return sum / users;
}

function rowOf({ values, columns }: FeatureMatrix, row: number): Float32Array {
  return values.subarray(row * columns, (row + 1) * columns);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n]! * b[n]!;
  return sum;
}

function unit(row: Float32Array): Float64Array {
  const length = Math.sqrt(dot(row, row));
  return Float64Array.from(row, (value) => value / length);
}

function add(to: Float64Array, values: ArrayLike<number>): Float64Array {
  for (let n = 0; n < to.length; n++) to[n]! += values[n]!;
  return to;
}

function zScored(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / deviation);
}
