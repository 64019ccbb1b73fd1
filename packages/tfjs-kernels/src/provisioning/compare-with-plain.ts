import {
  matMul,
  sum,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  valueAndGrads,
} from '@tensorflow/tfjs-core';
import { CsrPattern } from '../kernel/csr-pattern.js';
import { scaleRows } from '../ops/rows.js';
import { csrMatMul } from '../ops/sparse.js';

/** One computation on the active engine, compared with the same in float64. */
export type Comparison = {
  readonly name: string;
  /** The largest difference, relative to the largest value. */
  readonly error: number;
};

/** The difference that float32 sums of this length may have. */
export const TOLERANCE = 1e-5;

const [rows, inner, width] = [48, 64, 40];

/** Compares the active engine with plain JavaScript: a matrix product, a sparse product, and the gradients of both in one pass. */
export async function compareWithPlain(): Promise<Comparison[]> {
  const [a, b, weights] = [numbers(rows * inner, 1), numbers(inner * width, 2), numbers(rows, 3)];
  const pattern = everyThird(rows, rows);
  const values = numbers(pattern.entries, 4);
  const exact = plain(a, b, weights, pattern, values);
  const compared = tidy(() => {
    const run = (x: Tensor2D, y: Tensor2D, v: Tensor1D) => csrMatMul(pattern, v, matMul(x, y));
    const inputs = [tensor2d(a, [rows, inner]), tensor2d(b, [inner, width]), tensor1d(values)] as const;
    const w = tensor1d(weights);
    const product = matMul(inputs[0], inputs[1]).dataSync();
    const sparse = run(...inputs).dataSync();
    const { grads } = valueAndGrads((x, y, v) => sum(scaleRows(run(x as Tensor2D, y as Tensor2D, v as Tensor1D), w)))([
      ...inputs,
    ]);
    const gradients = grads.map((gradient) => gradient.dataSync());
    return [
      compare('matrix product', product, exact.product),
      compare('sparse product', sparse, exact.sparse),
      compare(
        'gradients',
        gradients.flatMap((part) => [...part]),
        exact.gradients,
      ),
    ];
  });
  pattern.dispose();
  return compared;
}

/** The loss is the sum of w[r] * (S A B)[r, j] over r and j, where S is the sparse matrix. */
function plain(
  a: Float32Array,
  b: Float32Array,
  weights: Float32Array,
  pattern: CsrPattern,
  values: Float32Array,
): Record<'product' | 'sparse' | 'gradients', number[]> {
  const product = new Array<number>(rows * width).fill(0);
  for (let r = 0; r < rows; r++)
    for (let j = 0; j < width; j++)
      for (let i = 0; i < inner; i++) product[r * width + j]! += a[r * inner + i]! * b[i * width + j]!;
  const sparse = new Array<number>(rows * width).fill(0);
  const byValues = new Array<number>(pattern.entries).fill(0);
  // S transposed times w: the gradient of the loss for each row of the product.
  const back = new Array<number>(rows).fill(0);
  for (let r = 0; r < rows; r++)
    for (let e = pattern.rowOffsets[r]!; e < pattern.rowOffsets[r + 1]!; e++) {
      const column = pattern.columnIndices[e]!;
      back[column]! += values[e]! * weights[r]!;
      for (let j = 0; j < width; j++) {
        sparse[r * width + j]! += values[e]! * product[column * width + j]!;
        byValues[e]! += weights[r]! * product[column * width + j]!;
      }
    }
  const byA = Array.from({ length: rows * inner }, (_, at) => {
    const i = at % inner;
    let total = 0;
    for (let j = 0; j < width; j++) total += b[i * width + j]!;
    return back[Math.floor(at / inner)]! * total;
  });
  const byB = Array.from({ length: inner * width }, (_, at) => {
    const i = Math.floor(at / width);
    let total = 0;
    for (let r = 0; r < rows; r++) total += back[r]! * a[r * inner + i]!;
    return total;
  });
  return { product, sparse, gradients: [...byA, ...byB, ...byValues] };
}

function everyThird(patternRows: number, columns: number): CsrPattern {
  const rowOffsets = new Int32Array(patternRows + 1);
  const columnIndices: number[] = [];
  for (let r = 0; r < patternRows; r++) {
    for (let c = r % 3; c < columns; c += 3) columnIndices.push(c);
    rowOffsets[r + 1] = columnIndices.length;
  }
  return new CsrPattern({ rows: patternRows, columns, rowOffsets, columnIndices: Int32Array.from(columnIndices) });
}

/** Numbers in [-1, 1) without a pattern that a wrong kernel could match by chance (a Weyl sequence). */
function numbers(size: number, seed: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => 2 * ((((i + 1) * Math.SQRT2 + seed * Math.E) * 97) % 1) - 1);
}

function compare(name: string, actual: ArrayLike<number>, expected: readonly number[]): Comparison {
  let [error, scale] = [actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    // Written so that NaN counts as a difference.
    if (!(difference <= error)) error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return { name, error: error / scale };
}
