import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { encodeNpy } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeImage } from '../src/images/decode-image.js';
import { findWithin, readWithin } from '../src/images/file-within.js';
import { cleanText, extractFeatures, importVectors } from '../src/index.js';
import { Fault } from '../src/items/item-inputs.js';
import { readItemIds } from '../src/items/read-item-ids.js';
import { readRecords } from '../src/items/read-records.js';
import { BatchLog } from '../src/progress/batch-log.js';
import { itemLines, makeFolder } from './dataset-folder.js';
import { picture } from './pictures.js';

/** The number of inputs per property; set `BALANCED_REC_FUZZ_RUNS`, and `--test-timeout`, for a longer campaign. */
const FUZZ_RUNS = Number(process.env.BALANCED_REC_FUZZ_RUNS ?? 60);

/** The longest that one input may take; anything longer hangs. */
const LONGEST_MS = 60_000;

let tried = 0;
afterAll(() => console.log(`fuzz: ${tried} inputs tried`));

/** Tries a property with many inputs. It may only throw a BalancedRecError, and must not take long. */
async function tryMany<T>(inputs: fc.Arbitrary<T>, act: (input: T) => unknown, share = 1): Promise<void> {
  const property = fc.asyncProperty(inputs, async (input) => {
    tried++;
    const started = performance.now();
    try {
      await act(input);
    } catch (error) {
      if (!(error instanceof BalancedRecError)) throw error;
      expect(error.code).toMatch(/^[a-z]+\/[a-z-]+$/);
      expect(error.details.remedy).toBeTruthy();
    }
    expect(performance.now() - started).toBeLessThan(LONGEST_MS);
  });
  await fc.assert(property, { numRuns: Math.ceil(FUZZ_RUNS * share) });
}

/** Valid bytes with some of them changed, cut off, inserted or repeated. */
function mutated(good: Uint8Array): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    at: fc.nat(Math.max(0, good.length - 1)),
    kind: fc.constantFrom('set', 'cut', 'insert', 'repeat'),
    bytes: fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 6 }), fc.constantFrom(...hostile)),
  });
  return fc.array(change, { minLength: 1, maxLength: 5 }).map((changes) => changes.reduce(changed, good));
}

const hostile = [[0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0], [0x80], [0x0a], [0x22], [0x00]].map(
  (bytes) => Uint8Array.from(bytes),
);

function changed(
  bytes: Uint8Array,
  { at, kind, bytes: some }: { at: number; kind: string; bytes: Uint8Array },
): Uint8Array {
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  if (kind === 'cut') return before;
  if (kind === 'insert') return Buffer.concat([before, some, after]);
  if (kind === 'repeat') return Buffer.concat([before, after, after]);
  return Buffer.concat([before, some, after.subarray(some.length)]);
}

/** Random bytes, random text, and text in an encoding other than UTF-8. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text, 'utf16le')),
  fc.string({ maxLength: 200 }).map((text) => Buffer.from(text, 'latin1')),
);

const anyId = fc.oneof(fc.constantFrom('a', 'b', '7'), fc.string(), fc.double(), fc.jsonValue());
const anyVector = fc.oneof(
  fc.array(fc.double(), { maxLength: 4 }),
  fc.array(fc.double(), { minLength: 2, maxLength: 2 }),
  fc.jsonValue(),
);
const anyRecord = fc.record({ id: anyId, vector: anyVector, title: fc.jsonValue() }, { requiredKeys: [] });

const jsonLines = fc
  .array(fc.oneof(anyRecord, fc.jsonValue()), { maxLength: 8 })
  .map((records) => Buffer.from(records.map((record) => JSON.stringify(record)).join('\n')));
const json = fc
  .oneof(fc.array(anyRecord), fc.dictionary(fc.string(), anyVector), fc.jsonValue())
  .map((value) => Buffer.from(JSON.stringify(value)));
const cell = fc.oneof(fc.string(), fc.constantFrom('"', '""', ',', '\t', '\r\n', '"a"', '"a'));
const delimited = (separator: string) =>
  fc
    .array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 })
    .map((rows) => Buffer.from(`item_id${separator}title\n${rows.map((row) => row.join(separator)).join('\n')}`));

const ITEMS = itemLines(['a', 'b', '7'].map((item_id) => ({ item_id })));
const npy = encodeNpy({ rows: 3, columns: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6) });
const parquet = (codec: 'SNAPPY' | 'UNCOMPRESSED') =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'id', data: ['a', 'b', '7'], type: 'STRING' },
        {
          name: 'vector',
          data: [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
          type: 'JSON',
        },
      ],
      codec,
    }),
  );

describe('accepts or refuses any bytes as vectors', () => {
  const lines = Buffer.from('{"id":"a","vector":[1,2]}\n{"id":"b","vector":[3,4]}\n');
  const formats: [name: string, inputs: fc.Arbitrary<Uint8Array>][] = [
    ['v.jsonl', fc.oneof(anyBytes, jsonLines, mutated(lines))],
    ['v.json', fc.oneof(anyBytes, json, mutated(Buffer.from('{"a":[1,2],"b":[3,4]}')))],
    ['v.npy', fc.oneof(anyBytes, mutated(npy))],
    ['v.parquet', fc.oneof(anyBytes, mutated(parquet('SNAPPY')), mutated(parquet('UNCOMPRESSED')))],
  ];
  it.each(formats)('%s', async (name, inputs) => {
    const folder = await makeFolder({ 'dataset/items.jsonl': ITEMS });
    const [dataset, file] = [join(folder, 'dataset'), join(folder, name)];
    await tryMany(
      inputs,
      async (bytes) => {
        await writeFile(file, bytes);
        try {
          const record = await importVectors({ folder: dataset, modality: 'mine', source: { file }, overwrite: true });
          expect(record.rows).toBe(3);
        } finally {
          expect((await readdir(folder)).sort()).toEqual(['dataset', name].sort());
          const allowed = ['items.jsonl', 'mine_feat.npy', 'mine_features.json'];
          expect((await readdir(dataset)).filter((one) => !allowed.includes(one))).toEqual([]);
        }
        // Each Parquet file starts a thread.
      },
      name === 'v.parquet' ? 0.2 : 1,
    );
  });
});

describe('accepts or refuses any bytes as tables', () => {
  const formats: [name: string, inputs: fc.Arbitrary<Uint8Array>][] = [
    ['items.jsonl', fc.oneof(anyBytes, jsonLines, mutated(Buffer.from(ITEMS)))],
    [
      'items.tsv',
      fc.oneof(anyBytes, delimited('\t'), mutated(Buffer.from('item\torig_id\ttitle\n0\ta\tx\n1\tb\t"y"\n'))),
    ],
    ['table.csv', fc.oneof(anyBytes, delimited(','), mutated(Buffer.from('item_id,title\na,"x, y"\nb,"z ""q"""\n')))],
    ['table.json', fc.oneof(anyBytes, json)],
  ];
  it.each(formats)('%s', async (name, inputs) => {
    const folder = await makeFolder();
    await tryMany(inputs, async (bytes) => {
      await writeFile(join(folder, name), bytes);
      if (name.startsWith('items')) {
        const { ids } = await readItemIds(folder);
        expect(new Set(ids).size).toBe(ids.length);
      } else for await (const { fields } of readRecords(join(folder, name), [])) expect(fields).toBeTypeOf('object');
    });
  });

  it('refuses a line or quote that never ends without running out of memory', async () => {
    const folder = await makeFolder();
    for (const [name, start, part] of [
      ['items.jsonl', '{"item_id":"', 'x'],
      ['table.csv', 'item_id,title\na,"', 'x\n'],
      ['table.csv', 'item_id,title\na,', '""'],
      ['items.tsv', 'item\n', '\t'],
    ] as const) {
      await writeFile(join(folder, name), start + part.repeat(2 ** 25 / part.length));
      const reading = async () => {
        for await (const _ of readRecords(join(folder, name), []));
      };
      await expect(reading()).rejects.toThrow(BalancedRecError);
    }
  });
});

describe('accepts or refuses any bytes as images', () => {
  let images: Uint8Array[];
  beforeAll(async () => {
    const image = picture(24, 20, 1);
    images = await Promise.all([
      image.clone().jpeg().toBuffer(),
      image.clone().jpeg({ progressive: true }).toBuffer(),
      image.clone().png().toBuffer(),
      image.clone().png({ progressive: true, palette: true }).toBuffer(),
      image.clone().webp().toBuffer(),
      image.clone().webp({ lossless: true }).toBuffer(),
      image.clone().gif().toBuffer(),
    ]);
  });

  it('returns pixels or a fault', async () => {
    const magic = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'RIFF\0\0\0\0WEBPVP8 ', 'GIF89a', '<svg>'].map((text) =>
      Buffer.from(text, 'latin1'),
    );
    const started = fc
      .tuple(fc.constantFrom(...magic), fc.uint8Array({ maxLength: 400 }))
      .map((parts) => Buffer.concat(parts));
    await tryMany(fc.oneof(anyBytes, started, ...images.map(mutated)), async (bytes) => {
      const decoded = await decodeImage(bytes);
      if (decoded instanceof Fault) expect(decoded.detail).toBeTruthy();
      else expect(decoded.data).toHaveLength(decoded.width * decoded.height * 3);
    });
  });
});

describe('with any image path', () => {
  it('finds and reads nothing outside the folder', async () => {
    const folder = await makeFolder({ 'outside/secret': 'SECRET', 'outside/root/in/good': 'good', secret: 'SECRET' });
    const outside = join(folder, 'outside');
    const root = join(outside, 'root');
    await symlink('../secret', join(root, 'link'));
    await symlink('..', join(root, 'up'));
    await symlink('in', join(root, 'inner'));
    const segment = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '',
        'in',
        'good',
        'secret',
        'link',
        'up',
        'inner',
        'root',
        'outside',
        '%2e%2e',
        '..\\',
        '\0',
      ),
      fc.string({ maxLength: 5 }),
    );
    const separator = fc.constantFrom('/', '\\', '//', '/./');
    const start = fc.constantFrom('', '/', './', '../', root, `${root}/`, outside, 'C:', 'file://', '\\\\');
    const path = fc
      .tuple(start, fc.array(fc.tuple(segment, separator), { maxLength: 6 }))
      .map(([first, rest]) => first + rest.flat().join(''));
    await tryMany(
      fc.oneof(
        path,
        path.map((text) => text.slice(0, -1)),
        fc.string({ unit: 'binary' }),
      ),
      async (text) => {
        const found = await findWithin(root, text);
        if (!(found instanceof Fault)) expect(found.path).toBe(join(root, 'in', 'good'));
        const bytes = await readWithin(root, text, 100);
        if (!(bytes instanceof Fault)) expect(Buffer.from(bytes).toString()).toBe('good');
      },
    );
  });

  it('only encodes images inside the folder', async () => {
    const folder = await makeFolder({ 'images/a.png': await picture(16, 16, 1).png().toBuffer() });
    await mkdir(join(folder, 'dataset'));
    const encoder = { name: 'size', kind: 'image' as const, create: async () => sizes };
    const sizes = {
      ...{ name: 'size', kind: 'image' as const, identity: {} },
      encode: async (batch: readonly { width: number }[]) => Float32Array.from(batch, ({ width }) => width),
    };
    const anyPath = fc.oneof(fc.string(), fc.constantFrom('../images/a.png', 'a.png/..', '..', 'a'), fc.jsonValue());
    // An extension may be omitted.
    const namesImage = (path: unknown) =>
      typeof path === 'string' && !path.includes('..') && ['a', 'a.png'].includes(posix.normalize(path));
    await tryMany(fc.array(anyPath, { maxLength: 4 }), async (paths) => {
      const items = [...paths, 'a.png'].map((image, n) => ({ item_id: `${n}`, image }));
      await writeFile(join(folder, 'dataset/items.jsonl'), itemLines(items));
      const source = { column: 'image', root: join(folder, 'images') };
      const record = await extractFeatures({ folder: join(folder, 'dataset'), encoder, source, overwrite: true });
      expect(record.encoded).toBe(1 + paths.filter(namesImage).length);
      expect((await readdir(folder)).sort()).toEqual(['dataset', 'images']);
    });
  });
});

describe('with any other input', () => {
  it('turns any text into clean text', async () => {
    const markup = fc.constantFrom(
      '<b>',
      '</b>',
      '<!--',
      '-->',
      '<script',
      '&amp;',
      '&#x;',
      '&#1114112;',
      "['",
      "']",
      '\\x',
      '\\',
      '<',
      '>',
    );
    const text = fc.array(fc.oneof(markup, fc.string({ unit: 'binary' }))).map((parts) => parts.join(''));
    await tryMany(
      fc.array(
        fc.oneof(
          text,
          text.map((inner) => `['${inner}']`),
          fc.jsonValue(),
        ),
      ),
      (values) => {
        const cleaned = cleanText(values, 'here');
        expect(cleaned).toBe(cleaned.trim());
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      },
    );
  });

  it('reads exactly the batches before the damage from a damaged log', async () => {
    const folder = await makeFolder();
    const path = join(folder, 'log');
    const batches = [1, 2, 3].map((n) => ({
      vectors: Float32Array.of(n, n, n, n),
      outcomes: [undefined, new Fault('missing', `x${n}`), undefined],
    }));
    const log = await BatchLog.open(path);
    for (const batch of batches) await log.append(batch);
    await log.close();
    const { readFile } = await import('node:fs/promises');
    const good = await readFile(path);
    await tryMany(fc.oneof(anyBytes, mutated(good)), async (bytes) => {
      await writeFile(path, bytes);
      const read = await BatchLog.open(path);
      for (const [n, batch] of read.batches.slice(0, 3).entries()) {
        expect(batch.outcomes).toEqual(batches[n]!.outcomes);
        expect([...read.readVector(batch, 1)]).toEqual([n + 1, n + 1]);
      }
      await read.append(batches[0]!);
      await read.close();
    });
  });
});
