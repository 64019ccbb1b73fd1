import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SyntheticModality, synthesizeDataset, writeMmrecDataset } from '@balanced-rec/datasets';
import { afterAll } from 'vitest';

export { filesBelow } from './files-below.js';

const made: string[] = [];

afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true });
});

/** An empty folder, removed after the file's tests. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'balanced-rec-eval-'));
  made.push(folder);
  return folder;
}

const text: SyntheticModality = { name: 'text', dimension: 6, strength: 1.5, noise: 0.3 };
const image: SyntheticModality = { name: 'image', dimension: 8, strength: 1, noise: 1, scale: 0.2 };

/** Writes 40 users and 30 items as `<folder>/tiny`, and returns that path. */
export async function tinyDataset(
  folder: string,
  { name = 'tiny', seed = 1, modalities = [image, text], itemCount = 30 } = {},
): Promise<string> {
  const path = join(folder, name);
  await writeMmrecDataset(
    synthesizeDataset({ name, seed, userCount: 40, itemCount, interactionsPerUser: 7, modalities }),
    path,
  );
  return path;
}

export const onlyText = [text];

/** Writes a comparison file, and returns its path. */
export async function comparisonFile(folder: string, yaml: string, name = 'comparison.yaml'): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, name);
  await writeFile(path, yaml);
  return path;
}

/** Changes a text file. */
export async function edit(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}

/** The bytes of an .npy file, put together by hand. */
export function npyBytes(descr: string, shape: string, data: Uint8Array): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const start = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8);
  return Buffer.concat([start, Buffer.from(header), data]);
}

export function floats(count: number, value: (n: number) => number = (n) => n / 7): Uint8Array {
  return new Uint8Array(Float32Array.from({ length: count }, (_, n) => value(n)).buffer);
}
