import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import {
  biasRectify,
  type CsrPattern,
  csrMatMul,
  gatherRows,
  leakyRelu,
  linear,
  normalizeRows,
  rowDot,
  sampledMatMul,
  scaleRows,
  segmentSoftmax,
  segmentSum,
  softplus,
  squaresOfRows,
  sumOfSquares,
  tripleMargins,
} from '../../src/index.ts';
import { floats, pattern } from './numbers.ts';

/** An operation on given inputs, and the same in float64 JavaScript. */
export interface OperationCase {
  readonly name: string;
  readonly inputs: readonly { readonly shape: number[]; readonly values: Float32Array }[];
  readonly run: (...inputs: Tensor[]) => Tensor;
  readonly naive: (...inputs: Float64Array[]) => Float64Array;
}

const sizes = [1, 3, 5, 7, 63, 65] as const;

function input(shape: number[], seed: number, scale = 1) {
  return {
    shape,
    values: floats(
      shape.reduce((a, b) => a * b, 1),
      seed,
      scale,
    ),
  };
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number, d: number): number {
  let sum = 0;
  for (let x = 0; x < d; x++) sum += a[i * d + x]! * b[j * d + x]!;
  return sum;
}

function rowNorm(x: Float64Array, i: number, d: number): number {
  return Math.sqrt(dot(x, i, x, i, d));
}

function overEntries(p: CsrPattern, visit: (entry: number, row: number, column: number) => void): void {
  for (let r = 0; r < p.rows; r++)
    for (let e = p.rowOffsets[r]!; e < p.rowOffsets[r + 1]!; e++) visit(e, r, p.columnIndices[e]!);
}

function naiveSoftmax(p: CsrPattern, v: Float64Array): Float64Array {
  const sums = new Float64Array(p.rows);
  overEntries(p, (e, r) => {
    sums[r]! += Math.exp(v[e]!);
  });
  const out = new Float64Array(p.entries);
  overEntries(p, (e, r) => {
    out[e] = Math.exp(v[e]!) / sums[r]!;
  });
  return out;
}

const onPatterns: OperationCase[] = sizes.flatMap((d, i) => {
  const [rows, columns] = [sizes[(i + 2) % 6]!, sizes[(i + 3) % 6]!];
  const p = pattern(rows, columns, 10 + i);
  const shape = `[${rows}, ${columns}] with ${p.entries} entries`;
  return [
    {
      name: `csrMatMul ${shape}, d ${d}`,
      inputs: [input([p.entries], 1), input([columns, d], 2)],
      run: (values, dense) => csrMatMul(p, values as Tensor1D, dense as Tensor2D),
      naive: (values, dense) => {
        const out = new Float64Array(rows * d);
        overEntries(p, (e, r, c) => {
          for (let j = 0; j < d; j++) out[r * d + j]! += values![e]! * dense![c * d + j]!;
        });
        return out;
      },
    },
    {
      name: `sampledMatMul ${shape}, d ${d}`,
      inputs: [input([rows, d], 3), input([columns, d], 4)],
      run: (a, b) => sampledMatMul(p, a as Tensor2D, b as Tensor2D),
      naive: (a, b) => {
        const out = new Float64Array(p.entries);
        overEntries(p, (e, r, c) => {
          out[e] = dot(a!, r, b!, c, d);
        });
        return out;
      },
    },
    {
      name: `segmentSoftmax ${shape}`,
      inputs: [input([p.entries], 5, 4)],
      run: (v) => segmentSoftmax(p, v as Tensor1D),
      naive: (v) => naiveSoftmax(p, v!),
    },
    ...[true, false].map(
      (flat): OperationCase => ({
        name: `segmentSum ${shape}, ${flat ? 'flat' : `d ${d}`}`,
        inputs: [input(flat ? [p.entries] : [p.entries, d], 6)],
        run: (x) => segmentSum(p, x as Tensor2D),
        naive: (x) => {
          const width = flat ? 1 : d;
          const out = new Float64Array(rows * width);
          overEntries(p, (e, r) => {
            for (let j = 0; j < width; j++) out[r * width + j]! += x![e * width + j]!;
          });
          return out;
        },
      }),
    ),
  ] satisfies OperationCase[];
});

/** Some users and items occur more than once, and an item may be both positive and negative. */
function triples(users: number, items: number) {
  const list = (factor: number, limit: number) => Int32Array.from({ length: 11 }, (_, k) => (k * factor + 1) % limit);
  return { users: list(2, users), positives: list(3, items), negatives: list(5, items) };
}

const onRows: OperationCase[] = sizes.flatMap((d, i) => {
  const n = sizes[(i + 3) % 6]!;
  const m = sizes[(i + 1) % 6]!;
  const ids = Int32Array.from({ length: 9 }, (_, at) => (at * at) % n);
  return [
    {
      name: `gatherRows ${n} x ${d}`,
      inputs: [input([n, d], 7)],
      run: (table) => gatherRows(table as Tensor2D, ids),
      naive: (table) =>
        Float64Array.from({ length: ids.length * d }, (_, at) => table![ids[Math.floor(at / d)]! * d + (at % d)]!),
    },
    ...[true, false].map(
      (biased): OperationCase => ({
        name: `linear ${n} x ${m} x ${d}${biased ? ' with bias' : ''}`,
        inputs: [input([n, m], 8), input([m, d], 9), ...(biased ? [input([d], 10)] : [])],
        run: (x, kernel, bias) => linear(x as Tensor2D, kernel as Tensor2D, bias as Tensor1D | undefined),
        naive: (x, kernel, bias) =>
          Float64Array.from({ length: n * d }, (_, at) => {
            let sum = bias?.[at % d] ?? 0;
            for (let q = 0; q < m; q++) sum += x![Math.floor(at / d) * m + q]! * kernel![q * d + (at % d)]!;
            return sum;
          }),
      }),
    ),
    {
      name: `normalizeRows ${n} x ${d}`,
      inputs: [input([n, d], 11)],
      run: (x) => normalizeRows(x as Tensor2D),
      naive: (x) => x!.map((value, at) => value / Math.max(rowNorm(x!, Math.floor(at / d), d), 1e-12)),
    },
    {
      name: `normalizeRows ${n} x ${d}, all shorter than epsilon`,
      inputs: [input([n, d], 12, 0.01)],
      run: (x) => normalizeRows(x as Tensor2D, 1),
      naive: (x) => x!,
    },
    {
      name: `rowDot ${n} x ${d}`,
      inputs: [input([n, d], 13), input([n, d], 14)],
      run: (a, b) => rowDot(a as Tensor2D, b as Tensor2D),
      naive: (a, b) => Float64Array.from({ length: n }, (_, row) => dot(a!, row, b!, row, d)),
    },
    {
      name: `tripleMargins of ${n} users and ${m} items, d ${d}`,
      inputs: [input([n, d], 20), input([m, d], 21)],
      run: (users, items) => tripleMargins(users as Tensor2D, items as Tensor2D, triples(n, m)),
      naive: (users, items) =>
        Float64Array.from(triples(n, m).users, (user, k) => {
          const { positives, negatives } = triples(n, m);
          return dot(users!, user, items!, positives[k]!, d) - dot(users!, user, items!, negatives[k]!, d);
        }),
    },
    {
      name: `squaresOfRows ${n} x ${d}`,
      inputs: [input([n, d], 22)],
      run: (table) => squaresOfRows(table as Tensor2D, ids),
      naive: (table) => Float64Array.of(ids.reduce((sum, id) => sum + dot(table!, id, table!, id, d), 0)),
    },
    ...[0, 1, 2].map(
      (addends): OperationCase => ({
        name: `biasRectify ${n} x ${d}, ${addends} addends`,
        inputs: [input([n, d], 23), input([d], 24), ...[25, 26].slice(0, addends).map((seed) => input([n, d], seed))],
        run: (x, bias, ...rest) => biasRectify(x as Tensor2D, bias as Tensor1D, 0.2, rest as Tensor2D[]),
        naive: (x, bias, ...rest) =>
          x!.map((value, at) => {
            const sum = rest.reduce((total, addend) => total + addend[at]!, value + bias![at % d]!);
            return sum > 0 ? sum : 0.2 * sum;
          }),
      }),
    ),
    {
      name: `scaleRows ${n} x ${d}`,
      inputs: [input([n, d], 15), input([n], 16)],
      run: (x, weights) => scaleRows(x as Tensor2D, weights as Tensor1D),
      naive: (x, weights) => x!.map((value, at) => value * weights![Math.floor(at / d)]!),
    },
    {
      name: `leakyRelu ${n} x ${d}`,
      inputs: [input([n, d], 17)],
      run: (x) => leakyRelu(x, 0.2),
      naive: (x) => x!.map((value) => (value > 0 ? value : 0.2 * value)),
    },
    {
      name: `softplus ${n} x ${d}`,
      inputs: [input([n, d], 18, 30)],
      run: (x) => softplus(x),
      naive: (x) => x!.map((value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)))),
    },
    {
      name: `sumOfSquares ${n} x ${d}`,
      inputs: [input([n, d], 19)],
      run: (x) => sumOfSquares(x),
      naive: (x) => Float64Array.of(x!.reduce((sum, value) => sum + value * value, 0)),
    },
  ] satisfies OperationCase[];
});

/** Every differentiable operation at odd sizes. */
export const cases: readonly OperationCase[] = [...onPatterns, ...onRows];
