import { BalancedRecError } from '@balanced-rec/errors';
import type { FeatureMatrix } from '../features/feature-matrix.js';
import { readNpyHeader } from './npy-header.js';
import { npyValueType } from './npy-values.js';

/**
 * Reads a matrix `[rows, columns]` from the bytes of an `.npy` file: format 1, 2 or 3; float16, float32 or float64 in either
 * byte order; C or Fortran order. The values become float32, row-major, and may share the memory of `bytes`.
 *
 * @param place names the file in errors
 * @throws BalancedRecError `npy/not-npy`, `npy/unsupported-version`, `npy/bad-header`, `npy/unsupported-dtype`,
 *   `npy/wrong-shape`, `npy/truncated`, `npy/trailing-bytes`
 */
export function decodeNpy(bytes: Uint8Array, place: string): FeatureMatrix {
  const header = readNpyHeader(bytes, place);
  const type = npyValueType(header, place);
  const [rows, columns] = matrixShape(header.shape, place);
  checkSize(bytes.length, header.dataOffset + rows * columns * type.size, header.shape, place);
  const values = type.read(bytes, header.dataOffset, rows * columns);
  return { rows, columns, values: header.fortranOrder ? rowMajor(values, rows, columns) : values };
}

function matrixShape(shape: readonly number[], place: string): [number, number] {
  const [rows, columns] = shape;
  if (shape.length === 2 && rows! > 0 && columns! > 0) return [rows!, columns!];
  throw new BalancedRecError({
    code: 'npy/wrong-shape',
    message: shape.length === 2 ? 'the array is empty' : 'the array is not a matrix',
    place,
    expected: 'a 2-D array [items, dimension]',
    found: `a ${shape.length}-D array ${shown(shape)}`,
    remedy: 'save one row of features per item, for example array.reshape(items, -1)',
  });
}

function checkSize(found: number, expected: number, shape: readonly number[], place: string): void {
  if (found === expected) return;
  throw new BalancedRecError({
    code: found < expected ? 'npy/truncated' : 'npy/trailing-bytes',
    message: `the file is ${found < expected ? 'shorter' : 'longer'} than its header says`,
    place,
    expected: `${expected} bytes for the shape ${shown(shape)}`,
    found: `${found} bytes`,
    remedy: 'write or download the file again',
  });
}

function rowMajor(values: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) result[row * columns + column] = values[column * rows + row]!;
  }
  return result;
}

function shown(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`;
}
