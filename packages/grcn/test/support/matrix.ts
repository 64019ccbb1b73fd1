import type { ParameterSnapshot } from '@balanced-rec/ckd-core';

/** A list of rows, in double precision. */
export type Matrix = number[][];

export function rowsOf(values: ArrayLike<number>, width: number): Matrix {
  return Array.from({ length: values.length / width }, (_, r) =>
    Array.from({ length: width }, (_, c) => values[r * width + c]!),
  );
}

/** Every parameter by name; a vector is one row. */
export function matricesOf(parameters: ParameterSnapshot): Record<string, Matrix> {
  return Object.fromEntries([...parameters].map(([name, { shape, values }]) => [name, rowsOf(values, shape.at(-1)!)]));
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0);
}

export function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

export function meanRow(rows: Matrix): number[] {
  return rows[0]!.map((_, c) => mean(rows.map((row) => row[c]!)));
}

/** row + sum of weights[k] * rows[k] */
export function plusWeighted(row: readonly number[], weights: readonly number[], rows: Matrix): number[] {
  return row.map((value, c) => weights.reduce((sum, weight, k) => sum + weight * rows[k]![c]!, value));
}

/** Rows of unit length. */
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
  const total = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / total);
}
