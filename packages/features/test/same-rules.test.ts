import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { prepare } from '../../prepare/src/index.js';
import { readRecords } from '../src/items/read-records.js';
import { makeFolder } from './dataset-folder.js';

const COLUMNS = ['item_id', 'title', 'note'];
const IDS = ['a', 'b', 'c'];

const cell = fc
  .array(fc.constantFrom('"', '""', ',', ';', '\t', '\n', '\r\n', 'x', ' ', "'", '5" nails', 'é', '|', '::'), {
    maxLength: 5,
  })
  .map((parts) => parts.join(''));

/** A table as pandas or a spreadsheet writes it. */
const table = fc.record({
  rows: fc.tuple(...IDS.map(() => fc.tuple(cell, cell))),
  delimiter: fc.constantFrom(',', ';', '\t', '|', '::'),
  quoteAll: fc.boolean(),
  end: fc.constantFrom('\n', '\r\n'),
  mark: fc.constantFrom('', '\ufeff'),
  last: fc.boolean(),
});

function written({
  rows,
  delimiter,
  quoteAll,
  end,
  mark,
  last,
}: typeof table extends fc.Arbitrary<infer T> ? T : never) {
  const field = (text: string) =>
    quoteAll || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [COLUMNS, ...rows.map((cells, n) => [IDS[n]!, ...cells])].map((cells) =>
    cells.map(field).join(delimiter),
  );
  return mark + lines.join(end) + (last ? end : '');
}

it('item tables are read as `prepare` reads them', async () => {
  const root = await makeFolder({});
  const log = ['user_id,item_id', ...['u', 'v', 'w'].flatMap((user) => IDS.map((id) => `${user},${id}`))].join('\n');
  await writeFile(join(root, 'log.csv'), log);
  let tried = 0;
  await fc.assert(
    fc.asyncProperty(table, async (content) => {
      const folder = join(root, String(tried++));
      await mkdir(folder);
      const file = join(folder, content.delimiter === '\t' ? 'items.tsv' : 'items.csv');
      await writeFile(file, written(content));
      const out = join(folder, 'made');
      await prepare({ interactions: [join(root, 'log.csv')], items: [file], out, memory: '256MB', threads: 1 });
      const prepared = (await readFile(join(out, 'items.jsonl'), 'utf8')).trimEnd().split('\n');
      const read: unknown[] = [];
      for await (const { fields } of readRecords(file, COLUMNS)) read.push(fields);
      const expected = content.rows.map(([title, note], n) => ({ item_id: IDS[n], title, note }));
      expect(read).toEqual(expected);
      // An empty field is null in JSON.
      const empty = (_: string, value: unknown) => value ?? '';
      expect(prepared.map((line) => JSON.parse(line, empty))).toEqual(expected);
      await rm(folder, { recursive: true });
    }),
    { numRuns: 40, seed: 1 },
  );
});
