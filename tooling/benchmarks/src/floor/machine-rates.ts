import * as tf from '@tensorflow/tfjs-core';

/** What the machine does at best on the active engine. */
export interface MachineRates {
  /** Of dense products. */
  readonly flopsPerSecond: number;
  /** Read and written, in a copy of an array that no cache holds. */
  readonly bytesPerSecond: number;
}

/** `[rows, inner] @ [inner, columns]`. */
export interface ProductShape {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** Of the copied array, 128 MiB. */
const COPIED_NUMBERS = 2 ** 25;

/** Spent on each operation, unless two calls take longer. */
const ENOUGH_MS = 200;

/** Measures the best rate of dense products of some shapes, with and without transposed factors, and that of copying. */
export function measureMachineRates(shapes: readonly ProductShape[]): MachineRates {
  return {
    flopsPerSecond: Math.max(...shapes.flatMap(productRates)),
    bytesPerSecond: Math.max(engineCopyRate(), hostCopyRate()),
  };
}

/** Forward, and as the gradients of both factors have them. */
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

/** Joining two arrays copies both. */
function engineCopyRate(): number {
  return tf.tidy(() => {
    const half = filled(1, COPIED_NUMBERS / 2);
    return bytesOfCopy / leastSeconds(() => finish(tf.concat([half, half], 1)));
  });
}

/** On an engine in the same memory the algorithm might copy like this too. */
function hostCopyRate(): number {
  const [from, to] = [new Float32Array(COPIED_NUMBERS).fill(1), new Float32Array(COPIED_NUMBERS).fill(2)];
  return bytesOfCopy / leastSeconds(() => to.set(from));
}

const bytesOfCopy = 2 * 4 * COPIED_NUMBERS;

function filled(rows: number, columns: number): tf.Tensor2D {
  return tf.fill<tf.Rank.R2>([rows, columns], 0.5);
}

/** Waits for an engine that works in the background, by reading one number. */
function finish(tensor: tf.Tensor): void {
  tf.slice(tf.reshape(tensor, [-1]), 0, 1).dataSync();
}

/** The least of at least two calls: what else runs on the machine can only add to a time. */
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
