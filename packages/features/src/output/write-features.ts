import { rm, writeFile } from 'node:fs/promises';
import { NpyWriter } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { putFileInPlace } from '@balanced-rec/files';
import type { Fault, FaultReason } from '../items/item-inputs.js';
import type { FeatureFiles, FeatureRecord, RecordedFault } from './feature-files.js';
import { hashOfFile } from './recorded-files.js';
import type { WorkingFolder } from './working-folder.js';

/** The content of a feature file. */
export interface FeatureContent {
  readonly ids: readonly string[];
  readonly dimension: number;
  /** The faults of the items without a vector, by row. */
  readonly faults: ReadonlyMap<number, Fault>;
  /** The vector of any other item. */
  vectorOf(row: number): Float32Array;
}

/** The number of rows written at once. */
const ROWS_AT_ONCE = 256;

/**
 * Writes `<modality>_feat.npy` and its record. Both appear atomically, the record first, so that a feature file never exists
 * without one. Items without a vector get the mean of the others.
 *
 * @throws BalancedRecError `features/nothing-encoded`
 */
export async function writeFeatures(
  content: FeatureContent,
  files: FeatureFiles,
  described: Pick<FeatureRecord, 'key' | 'modality' | 'source' | 'encoder' | 'notes'>,
  working: WorkingFolder,
): Promise<FeatureRecord> {
  const { ids, dimension, faults } = content;
  if (faults.size === ids.length) throw nothingEncoded(files.features, faults);
  const mean = meanVector(content);
  const [partialFeatures, partialRecord] = [working.path('feat.npy.partial'), working.path('features.json.partial')];
  try {
    await writeRows(content, mean, partialFeatures);
    const { key, modality, source, encoder, notes } = described;
    const record: FeatureRecord = {
      format: 'balanced-rec features 1',
      modality,
      rows: ids.length,
      dimension,
      key,
      sha256: await hashOfFile(partialFeatures),
      source,
      encoder,
      notes,
      encoded: ids.length - faults.size,
      fallback: 'the mean of the encoded rows',
      faults: faultCounts(faults),
      fallbackRows: recordedFaults(faults, ids),
    };
    await writeFile(partialRecord, `${JSON.stringify(record, null, 2)}\n`);
    await putFileInPlace(partialRecord, files.record);
    await putFileInPlace(partialFeatures, files.features);
    return record;
  } finally {
    for (const path of [partialFeatures, partialRecord]) await rm(path, { force: true });
  }
}

function meanVector({ ids, dimension, faults, vectorOf }: FeatureContent): Float32Array {
  const sums = new Float64Array(dimension);
  for (let row = 0; row < ids.length; row++) {
    if (faults.has(row)) continue;
    const vector = vectorOf(row);
    for (let n = 0; n < dimension; n++) sums[n]! += vector[n]!;
  }
  return Float32Array.from(sums, (sum) => sum / (ids.length - faults.size));
}

async function writeRows(content: FeatureContent, mean: Float32Array, path: string): Promise<void> {
  const { ids, dimension, faults, vectorOf } = content;
  const writer = await NpyWriter.create(path, ids.length, dimension);
  try {
    for (let start = 0; start < ids.length; start += ROWS_AT_ONCE) {
      const rows = new Float32Array(Math.min(ROWS_AT_ONCE, ids.length - start) * dimension);
      for (let at = 0; at < rows.length; at += dimension) {
        const row = start + at / dimension;
        rows.set(faults.has(row) ? mean : vectorOf(row), at);
      }
      await writer.append(rows);
    }
  } catch (error) {
    // Closing also reports missing rows, which only follows from the first error.
    await writer.close().catch(() => {});
    throw error;
  }
  await writer.close();
}

/** The number of faults of each kind. */
function faultCounts(faults: ReadonlyMap<number, Fault>): Partial<Record<FaultReason, number>> {
  const counts: Partial<Record<FaultReason, number>> = {};
  for (const { reason } of faults.values()) counts[reason] = (counts[reason] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort()) as typeof counts;
}

function recordedFaults(faults: ReadonlyMap<number, Fault>, ids: readonly string[]): RecordedFault[] {
  const rows = [...faults].sort(([one], [other]) => one - other);
  return rows.map(([row, { reason, detail }]) => ({ row, id: ids[row]!, reason, detail }));
}

function nothingEncoded(place: string, faults: ReadonlyMap<number, Fault>): BalancedRecError {
  const [[row, { reason, detail }]] = [...faults] as [[number, Fault]];
  const counts = Object.entries(faultCounts(faults)).map(([name, count]) => `${count} ${name}`);
  return new BalancedRecError({
    code: 'features/nothing-encoded',
    message: 'no item could be encoded',
    place,
    expected: 'at least one',
    found: `${counts.join(', ')}; item ${row}: ${reason}, ${detail}`,
    remedy: 'check that the columns, folder and ids are correct',
  });
}
