import { BalancedRecError } from '@balanced-rec/errors';
import { openSealedJson, sealJson } from '@balanced-rec/files';
import type { RunRecord } from './run-record.js';

/** Writes a record as sealed JSON that people can read: one line per epoch of the curve, not one per number. */
export function sealRecord({ curve, ...record }: RunRecord): string {
  const head = JSON.stringify({ ...record, curve: [] }, null, 1);
  const points = curve.map((point) => `  ${JSON.stringify(point)}`).join(',\n');
  return sealJson(`${head.replace(/"curve": \[\]\n\}$/, () => `"curve": [\n${points}\n ]\n}`)}\n`);
}

/**
 * Reads the record of a run or a trial from a file's bytes.
 * @throws BalancedRecError `comparison/damaged-record`, `comparison/other-format`
 */
export function readRecord<Kept extends { readonly format: number; readonly id: string }>(
  bytes: Uint8Array,
  path: string,
  id: string,
  format: Kept['format'],
): Kept {
  const record = parseRecord(bytes, path) as Kept | null;
  if (record?.format === format && record.id === id) return record;
  if (record?.id === id) throw otherFormat(path, format, record.format);
  throw damagedRecord(path, 'other JSON');
}

/**
 * Parses sealed JSON. Records written before seals existed are not checked against one.
 * @throws BalancedRecError `comparison/damaged-record`
 */
export function parseRecord(bytes: Uint8Array, path: string): unknown {
  const text = openSealedJson(bytes, 'format');
  if (text === undefined) throw damagedRecord(path, 'bytes other than those written, by their SHA-256');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damagedRecord(path, String(error), error);
  }
}

/** The error for a record that differs from what was written. */
export function damagedRecord(place: string, found: string, cause?: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/damaged-record',
    message: 'a finished run cannot be read',
    place,
    expected: 'the JSON of a run record',
    found,
    remedy: 'run the command of the comparison again: it sets the file aside and repeats the run',
    cause,
  });
}

function otherFormat(place: string, expected: number, found: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'comparison/other-format',
    message: 'a finished run was written by another version of balanced-rec',
    place,
    expected: `a record of format ${expected}`,
    found: `format ${found}`,
    remedy: 'use the version that wrote it, or delete the file so that the run is repeated',
  });
}
