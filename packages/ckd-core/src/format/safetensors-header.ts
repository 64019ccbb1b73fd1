import { BalancedRecError } from '@balanced-rec/errors';

/** As the format's own readers, so that a forged length cannot ask for gigabytes. */
const LARGEST_HEADER = 100_000_000;

/** The JSON that a safetensors file begins with. */
export interface SafetensorsHeader {
  /** By the arrays' names, as they stand there: nothing of them is checked. */
  readonly entries: ReadonlyMap<string, unknown>;
  /** What is kept beside the arrays; empty without any. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Where in the file the data begin. */
  readonly dataStart: number;
}

/**
 * Where in a file of `size` bytes the data begin, from its first eight bytes.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed` where no header fits
 */
function safetensorsDataStart(start: Uint8Array, size: number, place: string): number {
  if (start.length < 8) throw malformed(place, 'at least 8 bytes', `${start.length} bytes`);
  const length = Number(new DataView(start.buffer, start.byteOffset).getBigUint64(0, true));
  if (length <= LARGEST_HEADER && 8 + length <= size) return 8 + length;
  throw malformed(place, `a header within the file's ${size} bytes`, `a header of ${length} bytes`);
}

/**
 * Reads the header of a safetensors file; the data need not be there.
 * @param place names the file in errors
 * @throws BalancedRecError `safetensors/malformed` for anything that does not begin as such a file
 */
export function safetensorsHeader(bytes: Uint8Array, place: string): SafetensorsHeader {
  const dataStart = safetensorsDataStart(bytes, bytes.length, place);
  const text = new TextDecoder().decode(bytes.subarray(8, dataStart));
  const header = parseJson(text);
  if (header === null || typeof header !== 'object' || Array.isArray(header)) {
    throw malformed(place, 'a JSON object as header', text.slice(0, 40));
  }
  const { __metadata__: metadata = {}, ...entries } = header as Record<string, unknown>;
  if (!isTextByName(metadata))
    throw malformed(place, 'metadata of texts by name', JSON.stringify(metadata).slice(0, 40));
  return { entries: new Map(Object.entries(entries)), metadata, dataStart };
}

/** The error of a file that is not one of the format. */
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
