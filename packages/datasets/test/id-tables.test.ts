import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuotedTable } from '../src/id-tables/quoted-table.js';
import { quotedField, readOriginalIds, writeIdTable } from '../src/index.js';
import { makeFolder } from './make-folder.js';
import { thrownBy } from './thrown-by.js';

function cellsOf(text: string): string[][] {
  return parseQuotedTable(text).map(({ cells }) => [...cells]);
}

describe('a table with quoted fields', () => {
  it('quotes a field only if necessary', () => {
    expect(['plain', ' "a" ', 'a\tb', 'a\nb', 'a\rb', 7].map(quotedField)).toEqual([
      'plain',
      '" ""a"" "',
      '"a\tb"',
      '"a\nb"',
      '"a\rb"',
      '7',
    ]);
  });

  it('is read with tabs, quotes and line breaks in its fields, and with the line on which each row starts', () => {
    const text = '\uFEFFid\tuser_id\r\n0\t"a\tb"\r\n1\t"two\r\n\nlines"\r\n\r\n2\t"say ""hi"""\r\n3\t"\t"\n4\t""';
    expect(parseQuotedTable(text)).toEqual([
      { line: 1, cells: ['id', 'user_id'] },
      { line: 2, cells: ['0', 'a\tb'] },
      { line: 3, cells: ['1', 'two\r\n\nlines'] },
      { line: 7, cells: ['2', 'say "hi"'] },
      { line: 8, cells: ['3', '\t'] },
      { line: 9, cells: ['4', ''] },
    ]);
  });

  it('is read as quoted where no number shows that the lines within quotes are rows', () => {
    expect(cellsOf('title\tnote\n"one\tand\ntwo"\tx')).toEqual([
      ['title', 'note'],
      ['one\tand\ntwo', 'x'],
    ]);
  });

  // Item lists written without quoting.
  const unquoted: [what: string, lines: string[], rows: string[][]][] = [
    [
      'that close too early',
      ['id\ttitle', '0\t"Weird Al" Live', '1\t"'],
      [
        ['0', '"Weird Al" Live'],
        ['1', '"'],
      ],
    ],
    [
      'that never close',
      ['id\ttitle', '0\t"Heat', '1\tAlien'],
      [
        ['0', '"Heat'],
        ['1', 'Alien'],
      ],
    ],
    [
      'that would hide a tab',
      ['item\ta\tb', '0\t"Heat\t12"', '1\tx\ty'],
      [
        ['0', '"Heat', '12"'],
        ['1', 'x', 'y'],
      ],
    ],
    [
      'that would hide rows with numbers',
      ['item\ttitle', '0\t"Heat', '1\tAlien', '', '2\tTV 12"', '3\tx'],
      [
        ['0', '"Heat'],
        ['1', 'Alien'],
        ['2', 'TV 12"'],
        ['3', 'x'],
      ],
    ],
  ];
  it.each(unquoted)('treats quotes %s as ordinary characters', (_, [header, ...lines], rows) => {
    expect(cellsOf([header, ...lines].join('\n'))).toEqual([header!.split('\t'), ...rows]);
  });

  it('treats a quote that stays open for too long as an ordinary character', () => {
    const lines = Array.from({ length: 3000 }, (_, n) => `${n}: no row`);
    expect(cellsOf(['id\ttitle', '0\t"Heat', ...lines, '1\t"'].join('\n')).slice(0, 3)).toEqual([
      ['id', 'title'],
      ['0', '"Heat'],
      ['0: no row'],
    ]);
  });
});

describe('the table of original ids', () => {
  const part = fc.constantFrom('"', '\t', '\n', '\r', 'a', '0', ' ', '\n1\t', '"\n1\t"', '\n2\t');
  const ids = fc.uniqueArray(
    fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')),
    { maxLength: 5 },
  );

  it('reads back as written, whatever the ids', async () => {
    const folder = await makeFolder({});
    await fc.assert(
      fc.asyncProperty(ids, fc.constantFrom('user', 'item'), async (originals, role) => {
        await writeIdTable(folder, role, originals);
        expect(await readOriginalIds(folder, role, originals.length)).toEqual(originals);
      }),
      { numRuns: 500 },
    );
    await writeIdTable(folder, 'user', ['b', 7]);
    expect(await readFile(join(folder, 'users.tsv'), 'utf8')).toBe('id\tuser_id\n0\tb\n1\t7\n');
  });

  it('is ignored if it is missing or has other columns', async () => {
    const folder = await makeFolder({ 'items.tsv': 'item\torig_id\n0\ta\n' });
    expect(await readOriginalIds(folder, 'user', 1)).toBeUndefined();
    expect(await readOriginalIds(folder, 'item', 1)).toBeUndefined();
  });

  it.each([
    ['a missing number', 'id\tuser_id\n0\t"a\nb"\n2\tc\n', ':4', 'id 1 and its user_id', '2, c'],
    ['an empty id', 'id\tuser_id\n0\ta\n1\t\n', ':3', 'id 1 and its user_id', '1, '],
    ['too few', 'id\tuser_id\n0\ta\n', '', '2 users, as in the dataset', '1'],
    ['a duplicate id', 'user_id\tid\na\t0\na\t1\n', '', 'unique ids', '1 different'],
  ])('is refused with %s', async (_, text, line, expected, found) => {
    const folder = await makeFolder({ 'users.tsv': text });
    const error = await thrownBy(() => readOriginalIds(folder, 'user', 2));
    expect(error.code).toBe('ids/malformed');
    expect(error.details).toMatchObject({ place: `${join(folder, 'users.tsv')}${line}`, expected, found });
  });

  it('is refused if it cannot be read', async () => {
    const folder = await makeFolder({});
    await mkdir(join(folder, 'items.tsv'));
    const error = await thrownBy(() => readOriginalIds(folder, 'item', 2));
    expect(error).toMatchObject({ code: 'ids/malformed', details: { expected: 'a readable file' } });
    await writeFile(join(folder, 'users.tsv'), '');
    expect(await readOriginalIds(folder, 'user', 2)).toBeUndefined();
  });
});
