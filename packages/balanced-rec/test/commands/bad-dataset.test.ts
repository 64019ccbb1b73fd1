import { existsSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonFile, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ErrorParts, expectOneError, runCli } from '../support/cli.js';
import { edit, floats, npyBytes } from '../support/data.js';

let root: string;

beforeAll(async () => {
  root = await scratchFolder();
  await tinyDataset(root);
});

interface Damage extends ErrorParts {
  readonly title: string;
  damage(folder: string): Promise<void>;
}

const inter = (change: (lines: string[]) => string[]) => (folder: string) =>
  edit(join(folder, 'tiny.inter'), (text) => change(text.trimEnd().split('\n')).join('\n'));
const line3 = (text: string) => inter((lines) => lines.with(2, text));
const textFeatures = (bytes: Uint8Array) => (folder: string) => writeFile(join(folder, 'text_feat.npy'), bytes);

const damages: Damage[] = [
  {
    title: 'a truncated npy file',
    damage: async (folder) => {
      const path = join(folder, 'text_feat.npy');
      await writeFile(path, (await readFile(path)).subarray(0, -5));
    },
    code: 'npy/truncated',
    place: 'text_feat.npy',
    expected: '848 bytes',
    found: '843',
    remedy: /./,
  },
  {
    title: 'an npy file of integers',
    damage: textFeatures(npyBytes('<i8', '(30, 6)', new Uint8Array(30 * 6 * 8))),
    code: 'npy/unsupported-dtype',
    place: 'text_feat.npy',
    expected: 'float32',
    found: '<i8',
    remedy: 'float32',
  },
  {
    title: 'a one-dimensional npy file',
    damage: textFeatures(npyBytes('<f4', '(30,)', floats(30))),
    code: 'npy/wrong-shape',
    place: 'text_feat.npy',
    expected: /./,
    found: '1-D array [30]',
    remedy: /./,
  },
  {
    title: 'NaN features',
    damage: textFeatures(
      npyBytes(
        '<f4',
        '(30, 6)',
        floats(180, (n) => (n === 62 ? Number.NaN : n)),
      ),
    ),
    code: 'features/non-finite',
    place: /text_feat\.npy.*10/,
    expected: 'finite',
    found: 'NaN',
    remedy: /./,
  },
  {
    title: 'infinite features',
    damage: textFeatures(
      npyBytes(
        '<f4',
        '(30, 6)',
        floats(180, (n) => (n === 62 ? Number.POSITIVE_INFINITY : n)),
      ),
    ),
    code: 'features/non-finite',
    place: 'text_feat.npy',
    expected: 'finite',
    found: 'Infinity',
    remedy: /./,
  },
  {
    title: 'fewer feature rows than items',
    damage: textFeatures(npyBytes('<f4', '(20, 6)', floats(120))),
    code: 'features/too-few-rows',
    place: 'text_feat.npy',
    expected: '30',
    found: '20',
    remedy: /./,
  },
  {
    title: 'a malformed line',
    damage: line3('0\t3'),
    code: 'dataset/malformed-line',
    place: 'tiny.inter:3',
    expected: /./,
    found: /./,
    remedy: /./,
  },
  {
    title: 'a negative id',
    damage: line3('0\t-3\t0'),
    code: 'dataset/bad-id',
    place: 'tiny.inter:3',
    expected: 'whole number',
    found: '-3',
    remedy: /./,
  },
  {
    title: 'a fractional id',
    damage: line3('1.5\t3\t0'),
    code: 'dataset/bad-id',
    place: 'tiny.inter:3',
    expected: 'whole number',
    found: '1.5',
    remedy: /./,
  },
  {
    title: 'the label 3',
    damage: line3('0\t3\t3'),
    code: 'dataset/bad-label',
    place: 'tiny.inter:3',
    expected: /0 .*1 .*2/,
    found: '3',
    remedy: /./,
  },
  {
    title: 'an empty split',
    damage: inter((lines) => lines.filter((line) => !line.endsWith('\t1'))),
    code: 'dataset/empty-split',
    place: 'tiny.inter',
    expected: 'validation',
    found: /./,
    remedy: /./,
  },
];

describe.concurrent('a bad dataset is refused with one complete error, and nothing is written', () => {
  // Each of the two commands that train gets half of the cases: both read all data before they start.
  test.each(damages.map((damage, n) => ({ ...damage, command: n % 2 ? 'train' : 'compare' })))(
    '$command with $title',
    async ({ title, damage, command, ...parts }) => {
      const name = title.replaceAll(' ', '-');
      const folder = join(root, name, 'tiny');
      await cp(join(root, 'tiny'), folder, { recursive: true });
      await damage(folder);
      const out = join(root, name, 'out');
      const file = await comparisonFile(join(root, name), 'datasets: [tiny]\nbackbones: [vbpr]\nvariants: [plain]\n');
      const args = command === 'train' ? ['train', folder, '-b', 'vbpr', '-v', 'plain'] : ['compare', file];
      expectOneError(await runCli([...args, '--out', out]), parts);
      expect(existsSync(out)).toBe(false);
    },
  );
});
