import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { decodeNpy } from '@balanced-rec/datasets';
import { afterAll } from 'vitest';
import type { FeatureRecord } from '../src/index.js';

const made: string[] = [];

afterAll(async () => {
  for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A real folder with these files, removed after the file's tests. */
export async function makeFolder(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'balanced-rec-features-'));
  made.push(folder);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** A dataset's item list as JSON lines. */
export function itemLines(items: readonly Record<string, unknown>[]): string {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('');
}

/** The names in a folder, sorted. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}

/** The rows of a modality's feature file. */
export async function readRows(folder: string, modality: string): Promise<number[][]> {
  const path = join(folder, `${modality}_feat.npy`);
  const { rows, columns, values } = decodeNpy(await readFile(path), path);
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);
}

/** The record of a modality's features. */
export async function readRecord(folder: string, modality: string): Promise<FeatureRecord> {
  return JSON.parse(await readFile(join(folder, `${modality}_features.json`), 'utf8'));
}

/** The mean of some rows, added in order. */
export function meanOf(rows: readonly (readonly number[])[]): number[] {
  const sums = new Float64Array(rows[0]!.length);
  for (const row of rows) for (const [n, value] of row.entries()) sums[n]! += value;
  return [...Float32Array.from(sums, (sum) => sum / rows.length)];
}
