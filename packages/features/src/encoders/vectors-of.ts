import type { Tensor } from '@huggingface/transformers';

/** Scales each vector to length 1, in place; a vector of zeros stays. */
export function normalizeRows(values: Float32Array, dimension: number): Float32Array {
  for (let start = 0; start < values.length; start += dimension) {
    let square = 0;
    for (let n = start; n < start + dimension; n++) square += values[n]! ** 2;
    const length = Math.sqrt(square) || 1;
    for (let n = start; n < start + dimension; n++) values[n] = values[n]! / length;
  }
  return values;
}

/** The values of a tensor as float32. */
export function floatsOf({ data }: Tensor): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data as Iterable<number>);
}
