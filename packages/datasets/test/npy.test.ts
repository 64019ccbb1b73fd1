import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy, NpyWriter } from '../src/index.js';
import { float16Value } from '../src/npy/npy-values.js';
import { makeFolder } from './make-folder.js';
import { npyFile } from './npy-file.js';

const MATRIX = { rows: 3, columns: 2, values: Float32Array.of(0.5, -1.25, 3, 4096, -0.0625, 2) };
const HALVES = [0x3800, 0xbd00, 0x4200, 0x6c00, 0xac00, 0x4000];

function dataOf(dtype: string, values: readonly number[]): Uint8Array {
  const size = Number(dtype.at(-1));
  const little = !dtype.startsWith('>');
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((value, n) => {
    if (size === 2) view.setUint16(n * 2, HALVES[Array.from(MATRIX.values).indexOf(value)]!, little);
    if (size === 4) view.setFloat32(n * 4, value, little);
    if (size === 8) view.setFloat64(n * 8, value, little);
  });
  return new Uint8Array(view.buffer);
}

describe('decodeNpy', () => {
  const dtypes = ['<f2', '>f2', '<f4', '>f4', '=f4', '<f8', '>f8'];
  const cases = dtypes.flatMap((dtype) => [1, 2, 3].map((version) => ({ dtype, version })));
  it.each(cases)('reads $dtype of version $version in C and Fortran order', ({ dtype, version }) => {
    const [a, b, c, d, e, f] = MATRIX.values;
    for (const [order, values] of [
      ['False', [a!, b!, c!, d!, e!, f!]],
      ['True', [a!, c!, e!, b!, d!, f!]],
    ] as const) {
      const header = `{'descr': '${dtype}', 'fortran_order': ${order}, 'shape': (3, 2), }\n`;
      expect(decodeNpy(npyFile({ version, header, data: dataOf(dtype, values) }), 'x.npy')).toEqual(MATRIX);
    }
  });

  it('reads headers written by other programs', () => {
    const data = dataOf('<f4', Array.from(MATRIX.values));
    for (const header of [
      `{"shape":(3,2),"fortran_order":False,"descr":"<f4"}`,
      `{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 2L), }   \n`,
      `  { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 3 , 2 ) }`,
    ]) {
      expect(decodeNpy(npyFile({ header, data }), 'x.npy')).toEqual(MATRIX);
    }
  });

  it('reads bytes at an odd address', () => {
    const bytes = encodeNpy(MATRIX);
    const odd = new Uint8Array(bytes.length + 1).subarray(1);
    odd.set(bytes);
    expect(decodeNpy(odd, 'x.npy')).toEqual(MATRIX);
  });
});

describe('encodeNpy', () => {
  it('writes what decodeNpy reads, with the values aligned to 64 bytes', () => {
    const bytes = encodeNpy(MATRIX);
    expect(decodeNpy(bytes, 'x.npy')).toEqual(MATRIX);
    expect((bytes.length - MATRIX.values.byteLength) % 64).toBe(0);
    expect(Buffer.from(bytes.subarray(0, 10)).toString('hex')).toBe('934e554d505901007600');
  });

  it('writes only the part covered by a view', () => {
    const values = Float32Array.of(9, 9, 1, 2, 9).subarray(2, 4);
    expect(decodeNpy(encodeNpy({ rows: 1, columns: 2, values }), 'x.npy').values).toEqual(Float32Array.of(1, 2));
  });
});

describe('float16Value', () => {
  it.each([
    [0x0000, 0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x0001, 2 ** -24],
    [0x03ff, 2 ** -14 - 2 ** -24],
    [0x0400, 2 ** -14],
    [0x7bff, 65504],
    [0x3555, 0.333251953125],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])('%i is %d', (half, value) => {
    expect(float16Value(half)).toBe(value);
  });
});

describe('NpyWriter', () => {
  const matrix = { rows: 3, columns: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6) };

  it('writes the same bytes as encodeNpy, a few rows at a time', async () => {
    const path = join(await makeFolder({}), 'x_feat.npy');
    const writer = await NpyWriter.create(path, 3, 2);
    await writer.append(matrix.values.subarray(0, 2));
    await writer.append(matrix.values.subarray(2));
    await writer.close();
    expect(new Uint8Array(await readFile(path))).toEqual(encodeNpy(matrix));
  });

  it('refuses partial rows, too many rows and too few rows', async () => {
    const path = join(await makeFolder({}), 'x_feat.npy');
    const writer = await NpyWriter.create(path, 1, 2);
    await expect(writer.append(Float32Array.of(1))).rejects.toThrow(/not whole rows of 2/);
    await expect(writer.append(matrix.values)).rejects.toThrow(/more than the 1 rows left/);
    await expect(writer.close()).rejects.toThrow(/1 rows were never written/);
  });
});
