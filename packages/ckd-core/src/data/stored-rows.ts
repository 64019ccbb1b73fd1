import type { BalancedRecError } from '@balanced-rec/errors';
import type { Interactions } from '@balanced-rec/interactions';
import type { MixedArray, WritableArray } from '../format/safetensors.js';
import { Ids } from './ids.js';

/** The file that the parts are read from, for error messages. */
export interface StoredFile {
  /** The error for a file with unexpected contents. */
  malformed(place: string, expected: string, found: string): BalancedRecError;
  readonly place: string;
}

/** Adds interactions to the arrays of a safetensors file: `<name>.offsets` and `<name>.items`, int32. */
export function addInteractions(arrays: Map<string, WritableArray>, name: string, interactions: Interactions): void {
  for (const part of ['offsets', 'items'] as const) {
    const values = interactions[part];
    arrays.set(`${name}.${part}`, { shape: [values.length], values, dtype: 'I32' });
  }
}

/** Reads and checks what {@link addInteractions} added. */
export function interactionsIn(
  arrays: ReadonlyMap<string, MixedArray>,
  name: string,
  count: { readonly users: number; readonly items: number },
  { place, malformed }: StoredFile,
): Interactions {
  const [offsets, items] = [arrays.get(`${name}.offsets`)?.values, arrays.get(`${name}.items`)?.values];
  if (!(offsets instanceof Int32Array && items instanceof Int32Array))
    throw malformed(place, `${name}.offsets and ${name}.items of int32`, 'none');
  const isDescending = offsets.some((offset, at) => offset < (at === 0 ? 0 : offsets[at - 1]!));
  if (offsets.length !== count.users + 1 || offsets[0] !== 0 || offsets.at(-1) !== items.length || isDescending)
    throw malformed(
      place,
      `${count.users + 1} ascending ${name}.offsets, 0 to ${items.length}`,
      `${offsets}`.slice(0, 40),
    );
  const outside = items.find((item) => item < 0 || item >= count.items);
  if (outside !== undefined) throw malformed(place, `${name}.items from 0 to ${count.items - 1}`, `${outside}`);
  return { offsets, items };
}

/** Ids as text for a file's metadata: a list of the original ids, or just the count if ids are numbers. */
export function idsText(ids: Ids): string {
  return JSON.stringify(ids.areOriginal ? Array.from({ length: ids.count }, (_, n) => ids.idOf(n)) : ids.count);
}

/** Parses and checks what {@link idsText} wrote. */
export function idsIn(text: string | undefined, role: 'users' | 'items', { place, malformed }: StoredFile): Ids {
  const ids = parseJson(text ?? 'null');
  if (Number.isSafeInteger(ids) && Number(ids) >= 0) return Ids.numbers(Number(ids));
  const areNames = Array.isArray(ids) && ids.every((id) => typeof id === 'string');
  if (areNames && new Set(ids).size === ids.length) return Ids.originals(ids);
  throw malformed(`${place}, ${role}`, 'their number, or a list of distinct ids', `${text}`.slice(0, 40));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
