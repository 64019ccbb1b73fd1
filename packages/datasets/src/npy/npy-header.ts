import { BalancedRecError } from '@balanced-rec/errors';
import { quote } from '../problems/wording.js';
import { type NpyLiteral, parseNpyLiteral } from './npy-literal.js';
import { SAVE_AS_NUMBERS } from './pickled-rows.js';

/** The header of an `.npy` file, and where the values start. */
export interface NpyHeader {
  /** NumPy's type string, for example `<f4`; `a structured type` for a structured one. */
  readonly dtype: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** The offset of the first byte of the values. */
  readonly dataOffset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** The header of a float matrix takes about 120 bytes. */
const LARGEST_HEADER = 2 ** 20;

/**
 * Reads the header of an `.npy` file, format versions 1.0, 2.0 and 3.0
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @throws BalancedRecError `npy/not-npy`, `npy/unsupported-version`, `npy/truncated`, `npy/bad-header`
 */
export function readNpyHeader(bytes: Uint8Array, place: string): NpyHeader {
  checkMagic(bytes, place);
  const version = bytes[6]!;
  if (version === undefined || version < 1 || version > 3) throw unsupportedVersion(bytes, place);
  const lengthBytes = version === 1 ? 2 : 4;
  const headerOffset = 8 + lengthBytes;
  if (bytes.length < headerOffset) throw truncatedHeader(headerOffset, bytes.length, place);

  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LARGEST_HEADER) throw oversizedHeader(length, place);
  const dataOffset = headerOffset + length;
  if (bytes.length < dataOffset) throw truncatedHeader(dataOffset, bytes.length, place);

  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(headerOffset, dataOffset));
  return { ...interpretHeader(text, place), dataOffset };
}

function interpretHeader(text: string, place: string): Omit<NpyHeader, 'dataOffset'> {
  const entries = parseEntries(text, place);
  const dtype = entries.get('descr');
  const fortranOrder = entries.get('fortran_order');
  const shape = entries.get('shape');
  if (dtype === undefined) throw badHeader('the header has no "descr"', text, place);
  if (typeof fortranOrder !== 'boolean') throw badHeader('"fortran_order" is not True or False', text, place);
  if (!isShape(shape)) throw badHeader('"shape" is not a tuple of whole numbers', text, place);
  return { dtype: typeof dtype === 'string' ? dtype : 'a structured type', fortranOrder, shape };
}

function parseEntries(text: string, place: string): Map<string, NpyLiteral> {
  let literal: NpyLiteral;
  try {
    literal = parseNpyLiteral(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw badHeader(`the header is malformed: expected ${error.message}`, text, place);
  }
  if (!(literal instanceof Map)) throw badHeader('the header is not a dictionary', text, place);
  return literal;
}

function isShape(shape: NpyLiteral | undefined): shape is number[] {
  return Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && (size as number) >= 0);
}

function checkMagic(bytes: Uint8Array, place: string): void {
  if (MAGIC.every((byte, n) => bytes[n] === byte)) return;
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 40));
  throw new BalancedRecError({
    code: 'npy/not-npy',
    message: 'not an .npy file',
    place,
    expected: 'a file that starts with the bytes 93 4E 55 4D 50 59 ("\\x93NUMPY")',
    found: bytes.length === 0 ? 'an empty file' : quote(start),
    remedy: remedyFor(start),
  });
}

function remedyFor(start: string): string {
  if (start.startsWith('version https://git-lfs')) {
    return 'this is a Git LFS pointer; fetch the file itself with git lfs pull';
  }
  if (start.startsWith('PK')) return 'this is an .npz archive; write the array on its own with numpy.save';
  if (start.startsWith('\u0080')) return `this is a pickle; if you trust it, ${SAVE_AS_NUMBERS}`;
  return 'write the array with numpy.save';
}

function unsupportedVersion(bytes: Uint8Array, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'npy/unsupported-version',
    message: 'unsupported version of the .npy format',
    place,
    expected: '1.0, 2.0 or 3.0',
    found: bytes.length < 8 ? 'the end of the file' : `${bytes[6]}.${bytes[7]}`,
    remedy: 'write the array again with numpy.save',
  });
}

function truncatedHeader(expected: number, found: number, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'npy/truncated',
    message: 'the file ends within its header',
    place,
    expected: `at least ${expected} bytes`,
    found: `${found} bytes`,
    remedy: 'write or download the file again',
  });
}

function oversizedHeader(length: number, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'npy/bad-header',
    message: 'the header is far too long',
    place,
    expected: `at most ${LARGEST_HEADER} bytes`,
    found: `${length} bytes`,
    remedy: 'write the array again with numpy.save',
  });
}

function badHeader(message: string, text: string, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'npy/bad-header',
    message,
    place,
    expected: `{'descr': '<f4', 'fortran_order': False, 'shape': (items, dimension), }`,
    found: quote(text),
    remedy: 'write the array again with numpy.save',
  });
}
