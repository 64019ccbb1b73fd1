import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { encodeNpy } from '../src/index.js';

const made: string[] = [];

afterEach(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A real folder with these files, removed after the test. */
export async function makeFolder(files: Record<string, string | Uint8Array>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'balanced-rec-datasets-'));
  made.push(root);
  const folder = join(root, 'tiny');
  await mkdir(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** Feature rows that all differ. */
export function features(rows: number, columns = 2, shift = 0): Uint8Array {
  const values = Float32Array.from({ length: rows * columns }, (_, n) => n * 0.5 + shift);
  return encodeNpy({ rows, columns, values });
}

/** Three users and four items; every user has an item in every split. */
export const GOOD_LINES = [
  '0\t0\t0',
  '0\t1\t1',
  '0\t2\t2',
  '1\t1\t0',
  '1\t0\t1',
  '1\t3\t2',
  '2\t2\t0',
  '2\t3\t0',
  '2\t0\t1',
  '2\t1\t2',
];

export const HEADER = 'userID\titemID\tx_label';

export function inter(lines: readonly string[] = GOOD_LINES, header = HEADER, lineEnd = '\n'): string {
  return [header, ...lines, ''].join(lineEnd);
}

export function mmrec(table: string | Uint8Array = inter()): Record<string, string | Uint8Array> {
  return { 'tiny.inter': table, 'image_feat.npy': features(4), 'text_feat.npy': features(4, 3, 1) };
}

/** The same content as `mmrec()`. */
export function lattice(
  splits: Partial<Record<'train' | 'val' | 'test', string>> = {},
): Record<string, string | Uint8Array> {
  return {
    '5-core/train.json': splits.train ?? '{"0": [0], "1": [1], "2": [3, 2]}',
    '5-core/val.json': splits.val ?? '{"0": [1], "1": [0], "2": [0]}',
    '5-core/test.json': splits.test ?? '{"0": [2], "1": [3], "2": [1]}',
    'image_feat.npy': features(4),
    'text_feat.npy': features(4, 3, 1),
  };
}
