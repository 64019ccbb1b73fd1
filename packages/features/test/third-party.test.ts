import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { chooseEncoder, defineEncoder, type Encoder, extractFeatures } from '../src/index.js';
import { itemLines, makeFolder, namesIn, readRows } from './dataset-folder.js';

const ITEMS = itemLines(['a', 'bb', 'ccc'].map((title, n) => ({ item_id: `${n}`, title })));

const encoder = (encode: (batch: readonly string[]) => unknown, more: object = {}) =>
  defineEncoder({
    name: 'mine',
    kind: 'text',
    create: async () =>
      ({
        name: 'mine',
        kind: 'text',
        identity: {},
        encode: async (batch) => encode(batch),
        ...more,
      }) as Encoder<'text'>,
  });

const run = (folder: string, definition: ReturnType<typeof encoder>) =>
  extractFeatures({ folder, encoder: definition, source: { columns: ['title'] }, batchSize: 2 });

describe('a third-party encoder', () => {
  it('encodes, and non-finite vectors become the mean', async () => {
    const folder = await makeFolder({ 'items.jsonl': ITEMS });
    const lengths = encoder((batch) =>
      Float32Array.from(batch, (text) => (text.length === 2 ? Number.NaN : text.length)),
    );
    const record = await run(folder, lengths);
    expect(await readRows(folder, 'text')).toEqual([[1], [2], [3]]);
    expect(record.fallbackRows).toMatchObject([{ row: 1, reason: 'not-finite' }]);
  });

  const bad: [what: string, definition: ReturnType<typeof encoder>, code: string, found: string][] = [
    ['nothing', encoder(() => undefined), 'encoder/bad-output', 'Undefined'],
    ['lists', encoder((batch) => batch.map(() => [1])), 'encoder/bad-output', 'Array'],
    ['too few values', encoder(() => new Float32Array(3)), 'encoder/bad-output', '3 values'],
    ['another dimension', encoder((batch) => new Float32Array(batch.length ** 2)), 'encoder/bad-output', '1 values'],
    [
      'a dimension other than announced',
      encoder((batch) => new Float32Array(batch.length), { dimension: 4 }),
      'encoder/bad-output',
      '2',
    ],
    [
      'an error',
      encoder(() => {
        throw new TypeError('broken inside');
      }),
      'encoder/failed',
      'broken inside',
    ],
    [
      'only NaN',
      encoder((batch) => new Float32Array(batch.length).fill(Number.NaN)),
      'features/nothing-encoded',
      'not-finite',
    ],
  ];
  it.each(bad)('is refused if it returns %s', async (_, definition, code, found) => {
    const folder = await makeFolder({ 'items.jsonl': ITEMS });
    const error = await thrownBy(() => run(folder, definition));
    expect(error.code).toBe(code);
    expect(error.message).toContain(found);
    expect((await namesIn(folder)).filter((name) => name.startsWith('text'))).toEqual([]);
  });

  it('is selected from the exports of its package by kind and name', async () => {
    const one = encoder(() => undefined);
    const other = { ...one, name: 'other' };
    const image = { ...one, name: 'image', kind: 'image' };
    expect(chooseEncoder({ one, image, default: one, note: 'x' }, 'text', 'pack')).toBe(one);
    expect(chooseEncoder({ one, other }, 'text', 'pack', 'other')).toBe(other);
    const choosing = (exported: object, name?: string) =>
      thrownBy(() => chooseEncoder({ ...exported }, 'text', 'pack', name));
    expect((await choosing({ one, other })).code).toBe('encoder/several');
    expect((await choosing({ one, other }, 'othr')).details.remedy).toBe('did you mean pack#other?');
    expect((await choosing({ image })).code).toBe('encoder/no-definition');
    expect((await choosing({ x: null, y: 1 })).details.found).toBe('no encoders');
  });
});
