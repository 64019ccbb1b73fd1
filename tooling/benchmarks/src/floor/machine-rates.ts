import * as tf from '@tensorflow/tfjs-core';

/** The machine's best rates on the active engine. */
export interface MachineRates {
  /** For dense products. */
  readonly flopsPerSecond: number;
  /** Bytes read and written while copying an array too large for any cache. */
  readonly bytesPerSecond: number;
}

/** `[rows, inner] @ [inner, columns]`. */
export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** The size of the copied array: 128 MiB. */
const COPIED_NUMBERS = 2 ** 25;

/** Time spent on each operation, unless two calls take longer. */
const ENOUGH_MS = 100;

/** Measures the best rate of dense products of the given shapes, with and without transposed factors, and of copying. */
export function measureMachineRates(shapes: readonly ProductShape[]): MachineRates {
  return {
    flopsPerSecond: Math.max(...shapes.flatMap(productRates)),
    bytesPerSecond: Math.max(engineCopyRate(), hostCopyRate()),
  };
}

/** The forward product, and the products in the gradients of both factors. */
function productRates({ rows, inner, columns }: ProductShape): number[] {
  return tf.tidy(() => {
    const [x, kernel, gradient] = [filled(rows, inner), filled(inner, columns), filled(rows, columns)];
    const products = [
      () => tf.matMul(x, kernel),
      () => tf.matMul(x, gradient, true, false),
      () => tf.matMul(gradient, kernel, false, true),
    ];
    return products.map((product) => (2 * rows * inner * columns) / leastSeconds(() => finish(product())));
  });
}

/** Concatenating two arrays copies both. */
function engineCopyRate(): number {
  return tf.tidy(() => {
    const half = filled(1, COPIED_NUMBERS / 2);
    return bytesOfCopy / leastSeconds(() => finish(tf.concat([half, half], 1)));
  });
}

/** An engine that shares host memory could also copy like this. */
function hostCopyRate(): number {
  const [from, to] = [new Float32Array(COPIED_NUMBERS).fill(1), new Float32Array(COPIED_NUMBERS).fill(2)];
  return bytesOfCopy / leastSeconds(() => to.set(from));
}

const bytesOfCopy = 2 * 4 * COPIED_NUMBERS;

function filled(rows: number, columns: number): tf.Tensor2D {
  return tf.fill<tf.Rank.R2>([rows, columns], 0.5);
}

/** Waits for an engine that works in the background by reading one number. */
function finish(tensor: tf.Tensor): void {
  tf.slice(tf.reshape(tensor, [-1]), 0, 1).dataSync();
}

/** The least time of at least two calls, because other work on the machine can only add to it. */
function leastSeconds(work: () => void): number {
  let [least, spent] = [Number.POSITIVE_INFINITY, 0];
  for (let calls = 0; calls < 2 || spent < ENOUGH_MS; calls++) {
    const start = performance.now();
    tf.tidy(work);
    const time = performance.now() - start;
    least = Math.min(least, time);
    spent += time;
  }
  return least / 1000;
}
