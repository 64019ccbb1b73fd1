import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDataset, encodeNpy, readDataset } from '../src/index.js';

/** The number of folders each test generates: a few during development, many with BALANCED_REC_FUZZ_RUNS=20000. */
const RUNS = Number(process.env.BALANCED_REC_FUZZ_RUNS ?? 150);
const SEED = Number(process.env.BALANCED_REC_FUZZ_SEED ?? 1);
/** A folder of a few kilobytes takes milliseconds; the rest is for a busy machine. */
const HANGING_MS = 20_000;
/** A folder takes a few milliseconds, or ten times as long on a slow machine. */
const TIMEOUT_MS = 60_000 + RUNS * 100;

type Bytes = Uint8Array;
type Folder = Record<string, Bytes>;

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const join2 = (one: Bytes, other: Bytes) => Uint8Array.from([...one, ...other]);

/** Mostly small ids; some that no reader should accept. */
const id = fc.oneof(
  { weight: 20, arbitrary: fc.nat(12).map(String) },
  { weight: 1, arbitrary: fc.maxSafeInteger().map(String) },
  { weight: 1, arbitrary: fc.double().map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '-1',
      '-0',
      '+1',
      '1.0',
      '1e3',
      '007',
      ' 2',
      '2147483647',
      '99999999999',
      '9'.repeat(400),
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);

const lineEnd = fc.constantFrom('\n', '\n', '\r\n', '\r', '\n\n');

const line = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.tuple(id, id, fc.constantFrom('0', '1', '2', '0', '3', '', 'x')).map((fields) => fields.join('\t')),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
  { weight: 1, arbitrary: fc.nat(20_000).map((length) => 'x\t'.repeat(length)) },
);

const header = fc.oneof(
  { weight: 8, arbitrary: fc.constant('userID\titemID\tx_label') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'x_label\trating\tuserID\titemID',
      'userID,itemID,x_label',
      'userID\tuserID',
      '0\t0\t0',
      '',
    ),
  },
  { weight: 1, arbitrary: fc.string() },
);

const goodLines = ['0\t0\t0', '0\t1\t1', '0\t2\t2', '1\t1\t0', '1\t3\t2', '2\t2\t0', '2\t3\t0', '2\t0\t1', '2\t1\t2'];

const pair = fc.tuple(fc.nat(8), fc.nat(12), fc.nat(2)).map((fields) => fields.join('\t'));

const table = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.array(pair, { maxLength: 40 }), fc.constantFrom('\n', '\r\n'))
      .map(([lines, end]) => ['userID\titemID\tx_label', ...goodLines, ...lines, ''].join(end)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(header, fc.array(line, { maxLength: 30 }), fc.boolean(), lineEnd)
      .map(([first, lines, isGood, end]) => [first, ...(isGood ? goodLines : []), ...lines, ''].join(end)),
  },
);

const splitText = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(id, fc.array(id, { maxLength: 5 })), { maxLength: 6 })
      .map((users) => `{${users.map(([user, items]) => `"${user}": [${items.join(', ')}]`).join(',\n')}}`),
  },
  { weight: 9, arbitrary: fc.constantFrom('{"0": [0, 1], "1": [2]}', '{"0": [3], "1": []}', '{"1":[0]}\r\n') },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.nat(3000).map((depth) => '{"0": ['.repeat(depth)) },
);

const values = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(0, 1, -1, 0.5, 3) },
  { weight: 2, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(1e-45, -1e-45, 3e38, -3e38, -0) },
);

const rowCount = fc.oneof(
  { weight: 6, arbitrary: fc.constant(13) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 20 }) },
);

const npy = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .tuple(rowCount, fc.integer({ min: 1, max: 5 }), fc.array(values, { minLength: 100, maxLength: 100 }))
      .map(([rows, columns, numbers]) =>
        encodeNpy({ rows, columns, values: Float32Array.from(numbers.slice(0, rows * columns)) }),
      ),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        descr: fc.oneof(fc.constantFrom('<f4', '>f8', '<f2', '=f4', '|O', '<i8', '<c8'), fc.string()),
        order: fc.constantFrom('True', 'False', '1'),
        shape: fc.oneof(
          fc.array(fc.oneof(fc.nat(6), fc.maxSafeInteger()), { maxLength: 4 }).map((sizes) => `(${sizes.join(', ')})`),
          fc.string(),
          fc.nat(3000).map((depth) => '('.repeat(depth)),
        ),
        version: fc.constantFrom(1, 2, 3, 0, 9),
        data: fc.uint8Array({ maxLength: 200 }),
      })
      .map(({ descr, order, shape, version, data }) => {
        const text = utf8(`{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`);
        const size =
          version === 1 ? [text.length & 0xff, text.length >> 8] : [text.length & 0xff, text.length >> 8, 0, 0];
        return join2(Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, ...size), join2(text, data));
      }),
  },
);

/** Occasionally a file is truncated, has a byte changed, is in another encoding, or is noise. */
function damaged(content: fc.Arbitrary<Bytes>): fc.Arbitrary<Bytes> {
  return fc.oneof(
    { weight: 40, arbitrary: content },
    {
      weight: 1,
      arbitrary: fc
        .tuple(content, fc.double({ min: 0, max: 1, noNaN: true }))
        .map(([bytes, part]) => bytes.slice(0, part * bytes.length)),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(content, fc.nat(), fc.nat(255)).map(([bytes, at, value]) => {
        const changed = bytes.slice();
        if (changed.length > 0) changed[at % changed.length] = value;
        return changed;
      }),
    },
    { weight: 1, arbitrary: content.map((bytes) => join2(Uint8Array.of(0xef, 0xbb, 0xbf), bytes)) },
    { weight: 1, arbitrary: content.map((bytes) => utf16(new TextDecoder('latin1').decode(bytes))) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  );
}

const text = (content: fc.Arbitrary<string>) => damaged(content.map(utf8));

const sideFiles = fc.record(
  {
    'items.tsv': text(
      fc.array(fc.string({ unit: 'binary' })).map((lines) => ['item\torig_id\tname', ...lines].join('\n')),
    ),
    'items.jsonl': text(fc.array(fc.json()).map((lines) => lines.join('\n'))),
    'image_features.json': text(
      fc.oneof(
        fc.json(),
        fc.json().map((rows) => `{"fallbackRows": [0, {"row": ${rows}}]}`),
      ),
    ),
    'notes.npy': damaged(npy),
  },
  { requiredKeys: [] },
);

const features = fc.record({ 'image_feat.npy': damaged(npy), 'text_feat.npy': damaged(npy) }, { requiredKeys: [] });

const mmrecFolder = fc
  .tuple(fc.record({ 'tiny.inter': text(table) }), features, sideFiles)
  .map(([one, other, third]): Folder => ({ ...one, ...other, ...third }));

const splits = fc.record(
  { '5-core/train.json': text(splitText), '5-core/val.json': text(splitText), '5-core/test.json': text(splitText) },
  { requiredKeys: ['5-core/train.json'] },
);

const latticeFolder = fc
  .tuple(splits, features, sideFiles)
  .map(([one, other, third]): Folder => ({ ...one, ...other, ...third }));

describe('no folder breaks the readers', () => {
  it.each([
    ['MMRec', mmrecFolder],
    ['LATTICE', latticeFolder],
  ] as const)(`reads or refuses ${RUNS} folders in %s layout`, { timeout: TIMEOUT_MS }, async (_layout, folders) => {
    const seen = { good: 0, bad: 0 };
    await fc.assert(
      fc.asyncProperty(folders, async (files) => {
        seen[(await tryFolder(files)) ? 'good' : 'bad']++;
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Otherwise no folder would get as far as the measurements.
    expect(seen.good).toBeGreaterThan(RUNS / 100);
    expect(seen.bad).toBeGreaterThan(RUNS / 10);
  });
});

/** Reads and checks a folder with these files. Returns whether it was valid. */
async function tryFolder(files: Folder): Promise<boolean> {
  const root = await mkdtemp(join(tmpdir(), 'balanced-rec-fuzz-'));
  const folder = join(root, 'tiny');
  try {
    for (const [name, content] of Object.entries({ ...files })) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    const started = performance.now();
    const report = await checkDataset(folder);
    const error = await readDataset(folder).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(performance.now() - started).toBeLessThan(HANGING_MS);
    expect(error === undefined || error instanceof BalancedRecError, String(error)).toBe(true);
    expect(report.ok, JSON.stringify(report.problems)).toBe(error === undefined);
    expect(report.problems.map(({ code }) => code)).not.toContain(undefined);
    // The report must be valid JSON, so it may not contain numbers that JSON cannot express.
    const diagnosis = JSON.stringify(report.diagnosis, (key, value) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${key} is ${value}`);
      return value;
    });
    expect(report.ok && diagnosis === undefined).toBe(false);
    return report.ok;
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
