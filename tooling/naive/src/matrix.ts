import type { ParameterSnapshot } from '@balanced-rec/ckd-core/backbone';

/** A list of rows, in double precision. */
export type Matrix = number[][];

export function rowsOf(values: ArrayLike<number>, width: number): Matrix {
  return Array.from({ length: values.length / width }, (_, r) =>
    Array.from({ length: width }, (_, c) => values[r * width + c]!),
  );
}

/** Every parameter by name. A vector becomes a matrix of one row. */
export function matricesOf(parameters: ParameterSnapshot): Record<string, Matrix> {
  return Object.fromEntries([...parameters].map(([name, { shape, values }]) => [name, rowsOf(values, shape.at(-1)!)]));
}

export function zeros(size: number): Matrix {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
}

export function identity(size: number): Matrix {
  return zeros(size).map((row, r) => row.map((_, c) => (r === c ? 1 : 0)));
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((total, value, k) => total + value * b[k]!, 0);
}

export function add(a: Matrix, b: Matrix): Matrix {
  return a.map((row, r) => row.map((value, c) => value + b[r]![c]!));
}

export function matMul(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => b[0]!.map((_, c) => sum(row.map((value, k) => value * b[k]![c]!))));
}

/** The sum of weights[k] * matrices[k]. */
export function weightedSum(weights: readonly number[], matrices: readonly Matrix[]): Matrix {
  return matrices[0]!.map((row, r) => row.map((_, c) => sum(weights.map((w, k) => w * matrices[k]![r]![c]!))));
}

/** The element-wise mean of matrices. */
export function meanOf(matrices: readonly Matrix[]): Matrix {
  return matrices[0]!.map((row, r) => row.map((_, c) => mean(matrices.map((matrix) => matrix[r]![c]!))));
}

/** The square root of the sum of all squares. */
export function frobenius(x: Matrix): number {
  return Math.sqrt(sum(x.map((row) => dot(row, row))));
}

export function meanRow(rows: Matrix): number[] {
  return rows[0]!.map((_, c) => mean(rows.map((row) => row[c]!)));
}

/** row + sum of weights[k] * rows[k] */
export function plusWeighted(row: readonly number[], weights: readonly number[], rows: Matrix): number[] {
  return row.map((value, c) => weights.reduce((total, weight, k) => total + weight * rows[k]![c]!, value));
}

/** The rows scaled to unit length. */
export function normalized(x: Matrix): Matrix {
  return x.map((row) => {
    const length = Math.max(Math.sqrt(dot(row, row)), 1e-12);
    return row.map((value) => value / length);
  });
}

/** x kernel + bias */
export function affine(x: Matrix, kernel: Matrix, bias: readonly number[]): Matrix {
  return x.map((row) => plusWeighted(bias, row, kernel));
}

export function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const total = sum(powers);
  return powers.map((power) => power / total);
}
