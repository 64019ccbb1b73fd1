import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeSafetensors } from '../src/format/safetensors.js';
import { decodeSafetensors, type NamedArray, safetensorsChunks, safetensorsHeader } from '../src/format.js';
import { temporaryFolder } from './support/temporary-folder.js';
import { thrownBy } from './support/thrown-by.js';

const arrays = new Map<string, NamedArray>([
  ['user.id', { shape: [2, 3], values: Float32Array.of(1, -2, 3.5, Number.MAX_VALUE, -0, 1e-45) }],
  ['scalar', { shape: [], values: Float32Array.of(7) }],
  ['empty', { shape: [0, 4], values: new Float32Array(0) }],
  ['a name with "quotes" and ü', { shape: [1], values: Float32Array.of(Number.NaN) }],
]);

/** A file assembled by hand from the format's description: length, JSON, data. */
function fileOf(
  header: unknown,
  data: Uint8Array = new Uint8Array(0),
  headerText = JSON.stringify(header),
): Uint8Array {
  const json = Buffer.from(headerText);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, data]);
}

function floats(...values: number[]): Uint8Array {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [k, value] of values.entries()) bytes.writeFloatLE(value, 4 * k);
  return bytes;
}

function refused(bytes: Uint8Array) {
  const { details } = thrownBy(() => decodeSafetensors(bytes, 'somewhere'), 'safetensors/malformed');
  expect(details.place).toBe('somewhere');
  return details;
}

describe('safetensors', () => {
  const folder = temporaryFolder();

  test('decodes what it encoded, bit for bit', () => {
    expect(decodeSafetensors(encodeSafetensors(arrays), 'memory')).toEqual(arrays);
    expect(decodeSafetensors(encodeSafetensors(new Map()), 'memory').size).toBe(0);
  });

  test('encodes views into larger buffers', () => {
    const values = Float32Array.of(0, 1, 2, 3).subarray(1, 3);
    const encoded = encodeSafetensors(new Map([['x', { shape: [2], values }]]));
    expect([...decodeSafetensors(encoded, 'memory').get('x')!.values]).toEqual([1, 2]);
  });

  test('writes the specified layout, with data at a multiple of eight', () => {
    const bytes = Buffer.from(encodeSafetensors(arrays));
    const headerLength = Number(bytes.readBigUInt64LE(0));
    expect(headerLength % 8).toBe(0);
    const header = JSON.parse(bytes.subarray(8, 8 + headerLength).toString('utf8'));
    expect(bytes[8]).toBe('{'.charCodeAt(0));
    expect(header['user.id']).toEqual({ dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] });
    expect(header.scalar).toEqual({ dtype: 'F32', shape: [], data_offsets: [24, 28] });
    expect(bytes.readFloatLE(8 + headerLength + 8)).toBe(3.5);
    expect(bytes.length).toBe(8 + headerLength + 32);
  });

  test('reads a file made by hand: unaligned, any order, with metadata', () => {
    const header = {
      __metadata__: { format: 'pt' },
      second: { dtype: 'F32', shape: [1, 2], data_offsets: [4, 12] },
      first: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
    };
    const bytes = fileOf(header, floats(5, 6, 7), `${JSON.stringify(header)} `);
    const decoded = decodeSafetensors(bytes, 'memory');
    expect([...decoded.keys()]).toEqual(['second', 'first']);
    expect(decoded.get('second')).toEqual({ shape: [1, 2], values: Float32Array.of(6, 7) });
    expect(decoded.get('first')).toEqual({ shape: [], values: Float32Array.of(5) });
  });

  test('reads from a slice of a shared buffer, as small files are read from disk', async () => {
    const encoded = encodeSafetensors(arrays);
    const pool = Buffer.alloc(encoded.length + 100, 0xff);
    pool.set(encoded, 13);
    expect(decodeSafetensors(pool.subarray(13, 13 + encoded.length), 'memory')).toEqual(arrays);
    const path = join(folder.path, 'small.safetensors');
    await writeFile(path, encoded);
    expect(decodeSafetensors(await readFile(path), path)).toEqual(arrays);
  });

  test('keeps metadata in the header, separate from arrays', () => {
    const metadata = { training: JSON.stringify({ quotes: '"', lines: '\n', umlaut: 'ü' }), empty: '' };
    const bytes = Buffer.concat([...safetensorsChunks(arrays, metadata)]);
    const header = safetensorsHeader(bytes, 'memory');
    expect(header.metadata).toEqual(metadata);
    expect([...header.entries.keys()]).toEqual([...arrays.keys()]);
    expect(header.dataStart % 8).toBe(0);
    expect(safetensorsHeader(bytes.subarray(0, header.dataStart), 'memory')).toEqual(header);
    expect(decodeSafetensors(bytes, 'memory')).toEqual(arrays);
    expect(safetensorsHeader(encodeSafetensors(arrays), 'memory').metadata).toEqual({});
  });

  test("reads an array's values only when its turn comes", () => {
    const asked: string[] = [];
    const lazy = (name: string): NamedArray => ({
      shape: [1],
      get values() {
        asked.push(name);
        return Float32Array.of(1);
      },
    });
    const chunks = safetensorsChunks(new Map(['a', 'b'].map((name) => [name, lazy(name)])));
    const askedBefore = Array.from({ length: 3 }, () => {
      chunks.next();
      return [...asked];
    });
    expect(askedBefore).toEqual([[], ['a'], ['a', 'b']]);
  });

  test('refuses a truncated file, wherever it is cut', () => {
    const bytes = encodeSafetensors(new Map([['x', { shape: [3], values: Float32Array.of(1, 2, 3) }]]));
    for (let length = 0; length < bytes.length; length++) refused(bytes.subarray(0, length));
    expect(refused(bytes.subarray(0, 3)).found).toBe('3 bytes');
  });

  const one = (entry: unknown) => fileOf({ x: entry }, floats(1, 2));
  test.each([
    ['a header longer than the file', fileOf({}, new Uint8Array(0)).fill(0x7f, 1, 3)],
    ['a header of 2^63 bytes', Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x80]), Buffer.alloc(64)])],
    ['a header that is not JSON', fileOf(null, new Uint8Array(0), '{"x": ')],
    ['a header that is null', fileOf(null)],
    ['a header that is a list', fileOf([])],
    ['a header that is a number', fileOf(3)],
    ['metadata that is null', fileOf({ __metadata__: null })],
    ['metadata that is not text', fileOf({ __metadata__: { epoch: 3 } })],
    ['an entry that is null', one(null)],
    ['an entry that is text', one('F32')],
    ['another dtype', one({ dtype: 'F16', shape: [4], data_offsets: [0, 8] })],
    ['no dtype', one({ shape: [2], data_offsets: [0, 8] })],
    ['no shape', one({ dtype: 'F32', data_offsets: [0, 8] })],
    ['a shape that is not a list', one({ dtype: 'F32', shape: 2, data_offsets: [0, 8] })],
    ['a negative shape', one({ dtype: 'F32', shape: [-1, -2], data_offsets: [0, 8] })],
    ['a shape that is not an integer', one({ dtype: 'F32', shape: [0.5, 4], data_offsets: [0, 8] })],
    ['a shape of text', one({ dtype: 'F32', shape: ['2'], data_offsets: [0, 8] })],
    ['a shape that needs more data', one({ dtype: 'F32', shape: [3], data_offsets: [0, 8] })],
    ['a shape that needs less data', one({ dtype: 'F32', shape: [1], data_offsets: [0, 8] })],
    ['offsets past the end', one({ dtype: 'F32', shape: [2], data_offsets: [4, 12] })],
    ['offsets before the start', one({ dtype: 'F32', shape: [2], data_offsets: [-4, 4] })],
    ['offsets in the wrong order', one({ dtype: 'F32', shape: [2], data_offsets: [8, 0] })],
    ['offsets between bytes', one({ dtype: 'F32', shape: [2], data_offsets: [0.5, 8.5] })],
    ['no offsets', one({ dtype: 'F32', shape: [2] })],
    ['data that no entry describes', fileOf({ x: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, floats(1, 2))],
    [
      'overlapping entries',
      fileOf(
        {
          x: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
          y: { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
        },
        floats(1, 2),
      ),
    ],
    [
      'a gap between entries',
      fileOf(
        {
          x: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
          y: { dtype: 'F32', shape: [1], data_offsets: [8, 12] },
        },
        floats(1, 2, 3),
      ),
    ],
  ])('refuses %s', (_, bytes) => {
    refused(bytes);
  });

  test('refuses a small file that claims to be gigabytes, before allocating memory', () => {
    const data = new Uint8Array(4 * 2 ** 20);
    const whole = { dtype: 'F32', shape: [2 ** 20], data_offsets: [0, data.length] };
    const bytes = fileOf(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`x${n}`, whole])), data);
    const before = process.memoryUsage.rss();
    refused(bytes);
    expect(process.memoryUsage.rss() - before).toBeLessThan(500e6);
  });

  const python = spawnSync('python3', ['-c', 'import safetensors.numpy'], { encoding: 'utf8' });
  test.skipIf(python.status !== 0)(
    "is compatible with Python's safetensors in both directions (skipped if it is not installed)",
    async () => {
      const [ours, theirs] = [join(folder.path, 'ours'), join(folder.path, 'theirs')];
      await writeFile(ours, Buffer.concat([...safetensorsChunks(arrays, { training: '{"epoch": 3}' })]));
      const script = `
import sys, numpy
from safetensors import safe_open
from safetensors.numpy import load_file, save_file
with safe_open(sys.argv[1], 'np') as opened:
    assert opened.metadata() == {'training': '{"epoch": 3}'}, opened.metadata()
arrays = load_file(sys.argv[1])
assert arrays['user.id'].shape == (2, 3) and arrays['user.id'][0, 2] == 3.5, arrays
assert arrays['scalar'].shape == () and arrays['empty'].shape == (0, 4), arrays
save_file(arrays, sys.argv[2], metadata={'format': 'np'})
`;
      const { status, stderr } = spawnSync('python3', ['-c', script, ours, theirs], { encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      const back = decodeSafetensors(await readFile(theirs), theirs);
      expect([...back].sort()).toEqual([...arrays].sort());
    },
  );
});
