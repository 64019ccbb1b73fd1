import { describe, expect, test } from 'vitest';
import { joined } from '../src/format/safetensors.js';
import { decodeRecommender, recommenderChunks, safetensorsChunks } from '../src/format.js';
import { Ids, Recommender, type StoredRecommender, trainingTrace } from '../src/index.js';
import { onEachEngine } from './support/engines.js';
import { thrownBy } from './support/thrown-by.js';

const interactions = {
  train: { offsets: Int32Array.of(0, 2, 2, 3), items: Int32Array.of(0, 3, 3) },
  validation: { offsets: Int32Array.of(0, 0, 1, 1), items: Int32Array.of(1) },
  test: { offsets: Int32Array.of(0, 1, 1, 1), items: Int32Array.of(2) },
};
const stored: StoredRecommender = {
  tables: {
    dimension: 2,
    users: Float32Array.of(1, 0, 0, 1, -1, 0.5),
    items: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  },
  ...trainingTrace(interactions.train, 4),
  users: Ids.originals(['ann', 'bob', 'a "c"']),
  items: Ids.numbers(4),
  interactions,
};
const METADATA = { recommender: '1', users: '3', items: '4' };
const encoded = (change: Partial<StoredRecommender> = {}) => joined(recommenderChunks({ ...stored, ...change }));

describe('a stored recommender', () => {
  test('knows how popular items are and which users were trained', () => {
    expect([[...stored.popularity], [...stored.trained]]).toEqual([
      [1, 0, 0, 2],
      [1, 0, 1],
    ]);
  });

  test('reads back what was written', () => {
    const read = decodeRecommender(encoded(), 'here');
    expect(read.tables).toEqual(stored.tables);
    expect(read.interactions).toEqual(interactions);
    expect([read.popularity, read.trained]).toEqual([stored.popularity, stored.trained]);
    expect([0, 1, 2].map((user) => read.users.idOf(user))).toEqual(['ann', 'bob', 'a "c"']);
    expect(read.items.areOriginal).toBe(false);
  });

  test('omits interactions if there are none', () => {
    expect(decodeRecommender(encoded({ interactions: undefined }), 'here').interactions).toBeUndefined();
  });

  const table = (name: string, rows: number) =>
    [name, { shape: [rows, 2], values: new Float32Array(2 * rows) }] as const;
  const shape = { shape: [1], values: Int32Array.of(1), dtype: 'I32' as const };
  test.each([
    ['another file', safetensorsChunks(new Map(), { trainingData: '1' }), 'recommender undefined'],
    ['a file without tables', safetensorsChunks(new Map([['x', shape]]), METADATA), 'undefined, undefined'],
    ['a file with tables only', safetensorsChunks(new Map([table('users', 3), table('items', 4)]), METADATA), 'none'],
  ])('is refused, with its place, if it is %s', (_, chunks, found) => {
    const read = () => decodeRecommender(joined(chunks), 'model/recommender.safetensors');
    const { details } = thrownBy(read, 'recommender/malformed');
    expect(details).toMatchObject({ place: 'model/recommender.safetensors', found });
  });
});

onEachEngine('a recommender from a stored one', () => {
  test('recommends the same as one from the interactions', () => {
    const options = { k: 2, given: [] };
    const whole = new Recommender({ tables: stored.tables, train: interactions.train });
    const rest = new Recommender({ tables: stored.tables, train: stored, seen: interactions.train });
    expect(rest.forUsers([0, 1, 2], options)).toEqual(whole.forUsers([0, 1, 2], options));
    const nothingSeen = new Recommender({ tables: stored.tables, train: stored });
    expect([...nothingSeen.seenBy(0)]).toEqual([]);
    for (const one of [whole, rest, nothingSeen]) one.dispose();
  });
});
