import type { Tensor } from '@huggingface/transformers';

/**
 * Returns the first of the named outputs that a model has.
 *
 * @throws Error if it has none of them
 */
export function outputOf(outputs: Readonly<Record<string, Tensor | undefined>>, names: readonly string[]): Tensor {
  const output = names.reduce<Tensor | undefined>((found, name) => found ?? outputs[name], undefined);
  if (output === undefined) throw new Error(`the model returns ${Object.keys(outputs).join(', ')}, but no vectors`);
  return output;
}

/** The values of a tensor as float32. */
export function floatsOf({ data }: Tensor): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data as Iterable<number>);
}

/**
 * Keeps `[n, d]` as it is, pools `[n, patches, d]` to the first or the mean, and `[n, d, height, width]` to the mean over
 * positions.
 */
export function poolPatches(values: Float32Array, dims: readonly number[], pooling: 'mean' | 'cls'): Float32Array {
  if (dims.length === 2) return values;
  const [count = 0, second = 0, ...rest] = dims;
  if (rest.length === 0 || rest.length > 2) throw new Error(`the model returns an array of shape ${dims.join(' x ')}`);
  const isMap = rest.length === 2;
  const places = isMap ? rest[0]! * rest[1]! : second;
  const dimension = isMap ? second : rest[0]!;
  const used = isMap || pooling === 'mean' ? places : 1;
  const pooled = new Float32Array(count * dimension);
  for (let row = 0; row < count; row++) {
    for (let n = 0; n < dimension; n++) {
      let sum = 0;
      for (let place = 0; place < used; place++) {
        sum += values[row * places * dimension + (isMap ? n * places + place : place * dimension + n)]!;
      }
      pooled[row * dimension + n] = sum / used;
    }
  }
  return pooled;
}

/** Scales each vector to length 1, in place. A zero vector stays zero. */
export function normalizeRows(values: Float32Array, dimension: number): Float32Array {
  for (let start = 0; start < values.length; start += dimension) {
    let square = 0;
    for (let n = start; n < start + dimension; n++) square += values[n]! ** 2;
    const length = Math.sqrt(square) || 1;
    for (let n = start; n < start + dimension; n++) values[n] = values[n]! / length;
  }
  return values;
}
