import { BalancedRecError } from '@balanced-rec/errors';

/** The same limit as the official readers, so that a forged length cannot allocate gigabytes. */
const LARGEST_HEADER = 100_000_000;

/** The JSON at the start of a safetensors file. */
export interface SafetensorsHeader {
  /** The entries by array name, unchecked. */
  readonly entries: ReadonlyMap<string, unknown>;
  /** The metadata stored alongside the arrays; empty if there is none. */
  readonly metadata: Readonly<Record<string, string>>;
  /** The offset of the data in the file. */
  readonly dataStart: number;
}

/**
 * The offset of the data in a file of `size` bytes, read from its first eight bytes.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed` if the header does not fit in the file
 */
function safetensorsDataStart(start: Uint8Array, size: number, place: string): number {
  if (start.length < 8) throw malformed(place, 'at least 8 bytes', `${start.length} bytes`);
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length <= LARGEST_HEADER && 8 + length <= size) return 8 + length;
  throw malformed(place, `a header within the file's ${size} bytes`, `a header of ${length} bytes`);
}

/**
 * Reads the header of a safetensors file; the data may be missing.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed` for anything that does not start like such a file
 */
export function safetensorsHeader(bytes: Uint8Array, place: string): SafetensorsHeader {
  const dataStart = safetensorsDataStart(bytes, bytes.length, place);
  const text = new TextDecoder().decode(bytes.subarray(8, dataStart));
  const header = parseJson(text);
  if (header === null || typeof header !== 'object' || Array.isArray(header)) {
    throw malformed(place, 'a JSON object as the header', text.slice(0, 40));
  }
  const { __metadata__: metadata = {}, ...entries } = header as Record<string, unknown>;
  if (!isTextByName(metadata))
    throw malformed(place, 'metadata with string values', JSON.stringify(metadata).slice(0, 40));
  return { entries: new Map(Object.entries(entries)), metadata, dataStart };
}

/** The error for a file that does not follow the format. */
export function malformed(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'safetensors/malformed',
    message: 'this is not a complete safetensors file',
    place,
    expected,
    found,
    remedy: 'save it again; the file is damaged or was written by something else',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTextByName(value: unknown): value is Readonly<Record<string, string>> {
  return (
    value !== null && typeof value === 'object' && Object.values(value).every((inner) => typeof inner === 'string')
  );
}
