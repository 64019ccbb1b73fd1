import { expect, test } from 'vitest';
import { safetensorsChunks, type WritableArray } from '../src/format/safetensors.js';
import { decodeTrainingData, type StoredTrainingData, trainingDataChunks } from '../src/format.js';
import { Ids } from '../src/index.js';
import { smallData } from './support/data.js';
import { thrownBy } from './support/thrown-by.js';

const small: StoredTrainingData = {
  ...smallData(),
  hash: 'abc',
  seen: { offsets: Int32Array.from({ length: 31 }, (_, n) => Math.min(n, 2)), items: Int32Array.of(3, 3) },
  users: Ids.numbers(30),
  items: Ids.originals(Array.from({ length: 20 }, (_, n) => `item "${n}"`)),
};

const bytesOf = (data: StoredTrainingData) => Buffer.concat([...trainingDataChunks(data)]);

test('training data is read back as written, including the ids of users and items', () => {
  const { users, items, ...rest } = decodeTrainingData(bytesOf(small), 'a file');
  const { users: _, items: __, ...expected } = small;
  expect(rest).toEqual(expected);
  expect([users.areOriginal, users.count]).toEqual([false, 30]);
  expect([items.areOriginal, items.count, items.idOf(7), items.find('item "7"')]).toEqual([true, 20, 'item "7"', 7]);
});

test('a modality can have any name', () => {
  const features = Object.fromEntries([['__proto__', small.features.text!]]);
  const read = decodeTrainingData(bytesOf({ ...small, features }), 'a file');
  expect(Object.keys(read.features)).toEqual(['__proto__']);
});

/** Arrays and metadata of a valid file with two users and three items, for the tests below to change. */
const arrays: Readonly<Record<string, WritableArray>> = {
  'train.offsets': { shape: [3], values: Int32Array.of(0, 1, 3), dtype: 'I32' },
  'train.items': { shape: [3], values: Int32Array.of(2, 0, 1), dtype: 'I32' },
  'seen.offsets': { shape: [3], values: Int32Array.of(0, 0, 0), dtype: 'I32' },
  'seen.items': { shape: [0], values: Int32Array.of(), dtype: 'I32' },
};
const metadata = { trainingData: '1', hash: 'abc', users: '2', items: '3' };
const decode = (changes: Record<string, WritableArray>, meta: Record<string, string> = {}) =>
  decodeTrainingData(
    Buffer.concat([...safetensorsChunks(new Map(Object.entries({ ...arrays, ...changes })), { ...metadata, ...meta })]),
    'a file',
  );
const ints = (...values: number[]): WritableArray => ({
  shape: [values.length],
  values: Int32Array.from(values),
  dtype: 'I32',
});
const floats = (shape: number[], ...values: number[]): WritableArray => ({ shape, values: Float32Array.from(values) });

test('the file that the next tests change is valid', () => {
  expect(decode({})).toMatchObject({ userCount: 2, itemCount: 3 });
});

test.each<[string, Record<string, WritableArray>, string, string]>([
  ['items out of range', { 'train.items': ints(2, 0, 3) }, 'train.items from 0 to 2', '3'],
  ['items below zero', { 'train.items': ints(-1, 0, 1) }, 'train.items from 0 to 2', '-1'],
  [
    'offsets for a different number of users',
    { 'train.offsets': ints(0, 3) },
    '3 ascending train.offsets, 0 to 3',
    '0,3',
  ],
  ['offsets that descend', { 'train.offsets': ints(0, 4, 3) }, '3 ascending train.offsets, 0 to 3', '0,4,3'],
  ['offsets beyond the items', { 'seen.offsets': ints(0, 0, 1) }, '3 ascending seen.offsets, 0 to 0', '0,0,1'],
  ['items of the wrong type', { 'train.items': floats([3], 2, 0, 1) }, 'train.offsets and train.items', 'none'],
  ['features that are not a matrix', { 'features.text': floats([2], 1, 2) }, 'features.text: a matrix', 'shape [2]'],
])('%s are refused', (_, changes, expected, found) => {
  const { details } = thrownBy(() => decode(changes), 'training-data/malformed');
  expect(details).toMatchObject({ place: 'a file', expected: expect.stringContaining(expected), found });
});

test.each([
  [{ trainingData: '2' }, 'a file'],
  [{ users: '-1' }, 'a file, users'],
  [{ users: '2.5' }, 'a file, users'],
  [{ items: '[1,2,3]' }, 'a file, items'],
  [{ items: '["a","b","b"]' }, 'a file, items'],
  [{ items: '{' }, 'a file, items'],
])('the metadata %j is refused', (changes, place) => {
  expect(thrownBy(() => decode({}, changes), 'training-data/malformed').details.place).toBe(place);
});

test('a different safetensors file, a truncated one and a file of another format are refused', () => {
  const other = Buffer.concat([...safetensorsChunks(new Map([['x', floats([1], 1)]]))]);
  thrownBy(() => decodeTrainingData(other, 'a file'), 'training-data/malformed');
  thrownBy(() => decodeTrainingData(bytesOf(small).subarray(0, -4), 'a file'), 'safetensors/malformed');
  thrownBy(() => decodeTrainingData(Buffer.from('<!doctype html>'), 'a file'), 'safetensors/malformed');
});
