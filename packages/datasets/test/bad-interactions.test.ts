import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDataset } from '../src/index.js';
import { GOOD_LINES, HEADER, inter, lattice, makeFolder, mmrec } from './make-folder.js';
import { thrownBy } from './thrown-by.js';

/** The valid table with one more line, which is line 12. */
const withLine = (line: string) => inter([...GOOD_LINES, line]);
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));

describe('refuses an .inter table, naming the line and the text found', () => {
  const cases: [what: string, table: string | Uint8Array, code: string, line: string, found: string][] = [
    ['too few fields', withLine('0\t3'), 'dataset/malformed-line', ':12', '0\\t3'],
    ['too many fields', withLine('0\t3\t0\t9'), 'dataset/malformed-line', ':12', '4 fields: "0\\t3\\t0\\t9"'],
    ['commas in a line', withLine('0,3,0'), 'dataset/malformed-line', ':12', 'separated by commas'],
    ['spaces in a line', withLine('0 3 0'), 'dataset/malformed-line', ':12', 'separated by spaces'],
    ['a blank line in the middle', inter(['0\t0\t0', '', '0\t1\t1']), 'dataset/malformed-line', ':3', 'blank line'],
    ['an empty last field', withLine('0\t3\t'), 'dataset/bad-label', ':12', '""'],
    [
      'commas in the header',
      inter(['0,1,0'], 'userID,itemID,x_label'),
      'dataset/bad-header',
      ':1',
      'separated by commas',
    ],
    ['semicolons in the header', inter([], 'userID;itemID;x_label'), 'dataset/bad-header', ':1', 'semicolons'],
    ['no header', GOOD_LINES.join('\n'), 'dataset/bad-header', ':1', 'header line is missing'],
    [
      'a misnamed column',
      inter(GOOD_LINES, 'userID\titem_ID\tx_label'),
      'dataset/bad-header',
      ':1',
      'rename the column "item_ID"',
    ],
    ['a missing column', inter(GOOD_LINES, 'userID\titemID\trating'), 'dataset/bad-header', ':1', 'no column x_label'],
    ['a duplicate column', inter([], `${HEADER}\tuserID`), 'dataset/bad-header', ':1', 'userID twice'],
    ['a negative id', withLine('0\t-3\t0'), 'dataset/bad-id', ':12', 'negative'],
    ['a fractional id', withLine('1.5\t3\t0'), 'dataset/bad-id', ':12', '"1.5"'],
    ['an id as a float', withLine('1.0\t3\t0'), 'dataset/bad-id', ':12', 'not written as a whole number'],
    ['a textual id', withLine('A2X\t3\t0'), 'dataset/bad-id', ':12', '"A2X"'],
    ['an empty id', withLine('\t3\t0'), 'dataset/bad-id', ':12', 'userID is missing'],
    ['an id over 2^31 - 2', withLine('0\t2147483647\t0'), 'dataset/bad-id', ':12', 'too large'],
    ['an id of many digits', withLine('0\t99999999999999999999\t0'), 'dataset/bad-id', ':12', '"99999999999999999999"'],
    ['label 3', withLine('0\t3\t3'), 'dataset/bad-label', ':12', '"3"'],
    ['a textual label', withLine('0\t3\ttrain'), 'dataset/bad-label', ':12', '"train"'],
    ['a stray item id', withLine('0\t2000000000\t0'), 'dataset/id-too-large', ':12', 'item 2000000000'],
    ['a stray user id', withLine('11001\t0\t0'), 'dataset/id-too-large', ':12', 'user 11001'],
    ['an empty file', '', 'dataset/empty-file', '', '0 bytes'],
    ['only blank lines', '\n \r\n', 'dataset/empty-file', '', '4 bytes'],
    ['UTF-16', utf16(inter()), 'dataset/bad-encoding', '', 'UTF-16'],
    ['only a header', `${HEADER}\n`, 'dataset/empty-split', '', 'train 0, validation 0, test 0'],
    ['no training', inter(['0\t0\t1', '0\t1\t2']), 'dataset/empty-split', '', 'train split'],
    ['no validation', inter(['0\t0\t0', '0\t1\t2']), 'dataset/empty-split', '', 'validation split'],
    ['no test', inter(['0\t0\t0', '0\t1\t1']), 'dataset/empty-split', '', 'train 1, validation 1, test 0'],
  ];
  it.each(cases)('%s', async (_, table, code, line, found) => {
    const folder = await makeFolder(mmrec(table));
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe(code);
    expect(error.details.place).toBe(join(folder, 'tiny.inter') + line);
    expect(error.message).toContain(found);
    expect(error.details.expected).toBeTruthy();
    expect(error.details.remedy).toBeTruthy();
  });
});

describe('refuses a LATTICE split, naming the line, column and text found', () => {
  const cases: [
    what: string,
    file: 'train' | 'val' | 'test',
    json: string,
    code: string,
    place: string,
    found: string,
  ][] = [
    ['not JSON', 'train', 'hello', 'dataset/malformed-json', ':1:1', '"hello"'],
    ['a list', 'val', '[[0, 1]]', 'dataset/malformed-json', ':1:1', '[[0, 1]]'],
    ['truncated', 'train', '{"0": [1, 2], "1": [', 'dataset/malformed-json', ':1:21', 'the end of the file'],
    ['truncated in a key', 'train', '{"0": [1, 2], "1', 'dataset/malformed-json', ':1:16', '"1"'],
    ['no comma between items', 'test', '{"0": [1],\n "1": [1 2]}', 'dataset/malformed-json', ':2:10', '"2]}"'],
    ['no comma between users', 'test', '{"0": [1]\n "1": [2]}', 'dataset/malformed-json', ':2:2', '"1\\"'],
    ['a trailing comma', 'test', '{"0": [1,]}', 'dataset/malformed-json', ':1:10', ']}'],
    ['a number instead of a list', 'train', '{"0": 1}', 'dataset/malformed-json', ':1:7', '1}'],
    ['nested lists', 'train', '{"0": [[1, 5.0]]}', 'dataset/malformed-json', ':1:8', '[1, 5.0]]}'],
    ['trailing text', 'train', '{"0": [1]} {}', 'dataset/malformed-json', ':1:12', '{}'],
    ['a textual user id', 'train', '{"A2X": [1]}', 'dataset/bad-id', ':1:2', '"A2X"'],
    ['a negative item', 'train', '{"0": [1, -4]}', 'dataset/bad-id', ':1:11', '"-4"'],
    ['a fractional item', 'train', '{"0": [1.5]}', 'dataset/bad-id', ':1:8', '"1.5"'],
    ['a quoted item', 'train', '{"0": ["17"]}', 'dataset/bad-id', ':1:8', '17'],
    ['null', 'train', '{"0": [null]}', 'dataset/bad-id', ':1:8', '"null"'],
    ['an item too large', 'train', '{"0": [2147483647]}', 'dataset/bad-id', ':1:8', 'too large'],
    ['a stray item', 'train', '{"0":\n[2000000000]}', 'dataset/id-too-large', ':2', 'item 2000000000'],
    ['an empty file', 'val', '', 'dataset/empty-file', '', '0 bytes'],
  ];
  it.each(cases)('%s', async (_, file, json, code, place, found) => {
    const folder = await makeFolder(lattice({ [file]: json }));
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe(code);
    expect(error.details.place).toBe(join(folder, '5-core', `${file}.json`) + place);
    expect(error.message).toContain(found);
  });

  it('refuses a split without interactions', async () => {
    const folder = await makeFolder(lattice({ val: '{"0": [], "1": []}' }));
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe('dataset/empty-split');
    expect(error.message).toContain('validation split');
  });

  it('refuses a missing split file', async () => {
    const { '5-core/val.json': _, ...rest } = lattice();
    const folder = await makeFolder(rest);
    const error = await thrownBy(() => readDataset(folder));
    expect(error.code).toBe('dataset/missing-file');
    expect(error.details.place).toBe(join(folder, '5-core', 'val.json'));
  });
});
