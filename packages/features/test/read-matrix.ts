import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeNpy } from '@balanced-rec/datasets';
import type { FeatureRecord } from '../src/index.js';

/** The rows of a modality's feature file. */
export async function readRows(folder: string, modality: string): Promise<number[][]> {
  const path = join(folder, `${modality}_feat.npy`);
  const { rows, columns, values } = decodeNpy(await readFile(path), path);
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);
}

/** The record beside it. */
export async function readRecord(folder: string, modality: string): Promise<FeatureRecord> {
  return JSON.parse(await readFile(join(folder, `${modality}_features.json`), 'utf8'));
}

/** The mean of some rows, summed in order. */
export function meanOf(rows: readonly (readonly number[])[]): number[] {
  const sums = new Float64Array(rows[0]!.length);
  for (const row of rows) for (const [n, value] of row.entries()) sums[n]! += value;
  return [...Float32Array.from(sums, (sum) => sum / rows.length)];
}
