import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpy, readDataset } from '../src/index.js';
import { features, makeFolder, mmrec } from './make-folder.js';
import { npyFile } from './npy-file.js';
import { thrownBy } from './thrown-by.js';

const withHeader = (header: string, length?: number) =>
  npyFile({ header, data: new Uint8Array(32), headerLength: length });
const header = (descr: string, shape = '(4, 2)', order = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
const withValues = (...values: number[]) => encodeNpy({ rows: 4, columns: 2, values: Float32Array.from(values) });

describe('refuses a feature file, naming the file and what was found', () => {
  const cases: [what: string, bytes: Uint8Array | string, code: string, found: string][] = [
    ['empty', '', 'npy/not-npy', 'an empty file'],
    ['another format', 'PK\u0003\u0004archive', 'npy/not-npy', '.npz archive'],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\n', 'npy/not-npy', 'git lfs pull'],
    [
      'version 4',
      npyFile({ version: 4, header: header("'<f4'"), data: new Uint8Array(32) }),
      'npy/unsupported-version',
      '4.0',
    ],
    ['truncated in the preamble', features(4).subarray(0, 9), 'npy/truncated', '9 bytes'],
    ['truncated in the header', features(4).subarray(0, 60), 'npy/truncated', '60 bytes'],
    ['truncated in the values', features(4).subarray(0, 150), 'npy/truncated', '150 bytes'],
    ['trailing bytes', Buffer.concat([features(4), Buffer.from('x')]), 'npy/trailing-bytes', '161 bytes'],
    [
      'a huge header',
      npyFile({ version: 2, header: 'x', headerLength: 2 ** 20 + 1, data: new Uint8Array(0) }),
      'npy/bad-header',
      '1048577 bytes',
    ],
    ['code in the header', withHeader("__import__('os')"), 'npy/bad-header', '__import__'],
    [
      'an unclosed header',
      withHeader("{'descr': '<f4', 'fortran_order': False"),
      'npy/bad-header',
      'expected "," or "}"',
    ],
    ['not a dictionary', withHeader("('<f4', False)"), 'npy/bad-header', 'not a dictionary'],
    ['deeply nested', withHeader('('.repeat(5000)), 'npy/bad-header', 'less nesting'],
    ['no descr', withHeader("{'fortran_order': False, 'shape': (4, 2)}"), 'npy/bad-header', '"descr"'],
    ['fortran_order 1', withHeader(header("'<f4'", '(4, 2)', '1')), 'npy/bad-header', '"fortran_order"'],
    ['a negative shape', withHeader(header("'<f4'", '(-1, 2)')), 'npy/bad-header', '"shape"'],
    [
      'a shape too large to count',
      withHeader(header("'<f4'", '(99999999999999999999, 2)')),
      'npy/bad-header',
      '"shape"',
    ],
    ['integers', withHeader(header("'<i8'")), 'npy/unsupported-dtype', '"<i8"'],
    ['objects', withHeader(header("'|O'")), 'npy/unsupported-dtype', 'allow_pickle=True'],
    ['a single object', withHeader(header("'|O'", '()')), 'npy/unsupported-dtype', 'JSON Lines'],
    ['a pickle', new Uint8Array([0x80, 4, 0x95, 0xab]), 'npy/not-npy', 'this is a pickle'],
    [
      'a structured type',
      withHeader(header("[('a', '<f4'), ('b', '<f4')]")),
      'npy/unsupported-dtype',
      'structured_to_unstructured',
    ],
    ['1-D', withHeader(header("'<f4'", '(8,)')), 'npy/wrong-shape', 'a 1-D array [8]'],
    ['3-D', withHeader(header("'<f4'", '(2, 2, 2)')), 'npy/wrong-shape', 'a 3-D array [2, 2, 2]'],
    ['no columns', withHeader(header("'<f4'", '(4, 0)')), 'npy/wrong-shape', '[4, 0]'],
    ['an enormous shape', withHeader(header("'<f4'", '(4000000, 4000000)')), 'npy/truncated', '64000000000'],
  ];
  it.each(cases)('%s', async (_, bytes, code, found) => {
    const folder = await makeFolder({ ...mmrec(), 'image_feat.npy': bytes });
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe(code);
    expect(error.details.place).toBe(join(folder, 'image_feat.npy'));
    expect(error.message).toContain(found);
  });

  it('reports the row, column and count of values that are not finite', async () => {
    const bytes = withValues(1, 2, 3, Number.NaN, 5, Number.POSITIVE_INFINITY, 7, 8);
    const folder = await makeFolder({ ...mmrec(), 'text_feat.npy': bytes });
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe('features/non-finite');
    expect(error.details.place).toBe(`${join(folder, 'text_feat.npy')}: row 1, column 1`);
    expect(error.message).toContain('2 feature values are not finite');
    expect(error.details.found).toContain('NaN in row 1, column 1');
  });

  it('refuses values too large for float32', async () => {
    const data = new Uint8Array(Float64Array.of(1, 2, 3, 4, 5, 6, 7, 1e300).buffer);
    const folder = await makeFolder({ ...mmrec(), 'image_feat.npy': npyFile({ header: header("'<f8'"), data }) });
    expect((await thrownBy(() => readDataset(folder))).code).toBe('features/non-finite');
  });

  it('refuses fewer rows than items, naming the largest item and its line', async () => {
    const folder = await makeFolder({ ...mmrec(), 'image_feat.npy': features(3) });
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe('features/too-few-rows');
    expect(error.details.place).toBe(join(folder, 'image_feat.npy'));
    expect(error.details.expected).toBe(`at least 4 rows: item 3 is at ${join(folder, 'tiny.inter')}:7`);
    expect(error.details.found).toBe('3 rows');
  });

  it('refuses modalities with different numbers of rows', async () => {
    const folder = await makeFolder({ ...mmrec(), 'image_feat.npy': features(5), 'text_feat.npy': features(6) });
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe('features/rows-differ');
    expect(error.details.found).toBe('image: 5, text: 6');
  });
});
