import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Damage } from '@balanced-rec/files';
import { beforeEach, describe, expect, test } from 'vitest';
import { sealedSafetensorsChunks } from '../src/format/sealed-safetensors.js';
import { contentHash, TeacherCache, type TeacherIdentity } from '../src/node.js';
import { temporaryFolder } from './support/temporary-folder.js';

const identity: TeacherIdentity = {
  dataHash: 'd1',
  backbone: 'vbpr',
  config: { embeddingDim: 8, regWeight: 1e-5 },
  protocol: { sampler: 'mmrec', batchSize: 16 },
  modalities: ['image', 'text'],
  modality: 'image',
  seed: 1,
  engine: 'wasm',
  versions: { 'ckd-core': '1.0.0' },
};

const tables = { dimension: 2, users: Float32Array.of(1, 2, 3, 4, 5, 6), items: Float32Array.of(-1, 0.5) };

describe('contentHash', () => {
  test('depends on the order of lists but not on the order of keys, at any depth', () => {
    expect(contentHash({ a: 1, b: { c: [1, 2], d: null } })).toBe(contentHash({ b: { d: null, c: [1, 2] }, a: 1 }));
    expect(contentHash([{ a: 1, b: 2 }])).toBe(contentHash([{ b: 2, a: 1 }]));
    expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
    expect(contentHash({ a: 1 })).toMatch(/^[0-9a-f]{64}$/);
  });

  test('differs if anything differs', () => {
    const values = [
      {},
      [],
      null,
      '',
      0,
      false,
      { a: 1 },
      { a: '1' },
      { a: [1] },
      { b: 1 },
      { a: 1, b: 1 },
      { a: { b: 1 } },
    ];
    expect(new Set(values.map(contentHash)).size).toBe(values.length);
  });
});

describe('TeacherCache', () => {
  const folder = temporaryFolder();
  const damages: Damage[] = [];
  beforeEach(() => void damages.splice(0));
  const cache = () => new TeacherCache(join(folder.path, 'teachers'), (damage) => damages.push(damage));
  const file = async () => join(folder.path, 'teachers', (await readdir(join(folder.path, 'teachers')))[0]!);

  test('finds nothing before something is stored', async () => {
    expect(await cache().find(identity)).toBeUndefined();
  });

  test('finds what was stored, regardless of key order', async () => {
    await cache().store(identity, tables);
    expect(await cache().find(identity)).toEqual(tables);
    const reordered = Object.fromEntries(Object.entries(identity).reverse()) as unknown as TeacherIdentity;
    expect(await cache().find({ ...reordered, config: { regWeight: 1e-5, embeddingDim: 8 } })).toEqual(tables);
  });

  test.each([
    { seed: 2 },
    { modality: 'text' },
    { modalities: ['text', 'image'] },
    { config: { embeddingDim: 9, regWeight: 1e-5 } },
    { config: { embeddingDim: 8 } },
    { protocol: { sampler: 'ckd-paper', batchSize: 16 } },
    { dataHash: 'd2' },
    { backbone: 'mmgcn' },
    { engine: 'cpu' },
    { versions: { 'ckd-core': '1.0.1' } },
  ])('misses with %j', async (other) => {
    await cache().store(identity, tables);
    expect(await cache().find({ ...identity, ...other })).toBeUndefined();
  });

  test('keeps teachers separate', async () => {
    await cache().store(identity, tables);
    const others = { ...tables, items: Float32Array.of(9, 9) };
    await cache().store({ ...identity, seed: 2 }, others);
    expect(await cache().find(identity)).toEqual(tables);
    expect(await cache().find({ ...identity, seed: 2 })).toEqual(others);
    await cache().store(identity, others);
    expect(await cache().find(identity)).toEqual(others);
  });

  test('sets a damaged file aside, wherever it was cut', async () => {
    await cache().store(identity, tables);
    const path = await file();
    const bytes = await readFile(path);
    for (const [n, length] of [0, 5, 40, bytes.length - 1].entries()) {
      await writeFile(path, bytes.subarray(0, length));
      expect(await cache().find(identity)).toBeUndefined();
      expect(damages.at(-1)).toMatchObject({ file: path, movedTo: `${path}.damaged-${n + 1}` });
      expect(await readFile(`${path}.damaged-${n + 1}`)).toEqual(bytes.subarray(0, length));
    }
    await cache().store(identity, tables);
    expect(await cache().find(identity)).toEqual(tables);
  });

  const table = (shape: number[]) => ({ shape, values: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
  test.each([
    ['no items', { users: table([2, 2]) }],
    ['no users', { items: table([2, 2]) }],
    ['tables of different widths', { users: table([2, 2]), items: table([2, 3]) }],
    ['tables that are not two-dimensional', { users: table([4]), items: table([4]) }],
  ])('treats a file with %s as missing', async (_, arrays) => {
    await cache().store(identity, tables);
    const path = await file();
    await writeFile(path, Buffer.concat([...sealedSafetensorsChunks(new Map(Object.entries(arrays)))]));
    expect(await cache().find(identity)).toBeUndefined();
    expect(damages).toMatchObject([{ file: path, found: expect.stringContaining('two tables') }]);
  });
});
