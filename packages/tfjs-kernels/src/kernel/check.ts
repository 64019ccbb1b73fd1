import { BalancedRecError } from '@balanced-rec/errors';
import type { Tensor } from '@tensorflow/tfjs-core';

/** Throws unless `tensor` is float32 and has the expected shape; null means any size. */
export function checkShape(place: string, tensor: Tensor, expected: readonly (number | null)[]): void {
  const { shape, dtype } = tensor;
  const fits =
    shape.length === expected.length && expected.every((size, axis) => size === null || size === shape[axis]);
  if (fits && dtype === 'float32') return;
  throw new BalancedRecError({
    code: 'kernels/shape-mismatch',
    place,
    message: 'a tensor has the wrong type or shape',
    expected: `float32 [${expected.map((size) => size ?? 'any').join(', ')}]`,
    found: `${dtype} [${shape.join(', ')}]`,
  });
}

/** Throws unless both tensors are float32 and have the same shape. */
export function checkSameShape(place: string, first: Tensor, second: Tensor): void {
  checkShape(place, first, first.shape);
  checkShape(place, second, first.shape);
}

export function idOutOfRange(place: string, position: number, id: number, limit: number): BalancedRecError {
  return new BalancedRecError({
    code: 'kernels/id-out-of-range',
    place: `${place}[${position}]`,
    message: 'an id refers to a row that does not exist',
    expected: `0 to ${limit - 1}`,
    found: String(id),
  });
}

/** Throws unless every id lies in 0 to limit - 1. */
export function checkIds(place: string, ids: Int32Array, limit: number): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (id < 0 || id >= limit) throw idOutOfRange(place, i, id, limit);
  }
}

export function notANumber(user: number): BalancedRecError {
  return new BalancedRecError({
    code: 'kernels/not-a-number',
    place: `topKOfProduct: user ${user}`,
    message: 'a score is NaN',
    expected: 'no NaN in users and items',
    found: 'NaN',
    remedy: 'check whether training diverged, or whether the features contain a NaN',
  });
}

/** Describes what is wrong with CSR row offsets; undefined if they run from 0 to `entries` without decreasing. */
export function offsetsFault(offsets: Int32Array, rows: number, entries: number): string | undefined {
  if (offsets.length !== rows + 1) return `${offsets.length} offsets for ${rows} rows`;
  if (offsets[0] !== 0) return `the first offset is ${offsets[0]}`;
  for (let r = 0; r < rows; r++) {
    if (offsets[r + 1]! < offsets[r]!)
      return `offset ${r + 1} is ${offsets[r + 1]}, which is less than offset ${r} (${offsets[r]})`;
  }
  if (offsets[rows] !== entries) return `the last offset is ${offsets[rows]} with ${entries} entries`;
  return undefined;
}
