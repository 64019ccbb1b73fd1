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

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return sum(a.map((value, k) => value * b[k]!));
}

export function add(a: Matrix, b: Matrix): Matrix {
  return a.map((row, r) => row.map((value, c) => value + b[r]![c]!));
}

/** The mean of matrices, number by number. */
export function meanOf(matrices: readonly Matrix[]): Matrix {
  return matrices[0]!.map((row, r) => row.map((_, c) => mean(matrices.map((matrix) => matrix[r]![c]!))));
}

/** x kernel + bias */
export function affine(x: Matrix, kernel: Matrix, bias: readonly number[]): Matrix {
  return x.map((row) => bias.map((b, c) => b + sum(row.map((value, k) => value * kernel[k]![c]!))));
}

/** The square root of the sum of all squares. */
export function frobenius(x: Matrix): number {
  return Math.sqrt(sum(x.map((row) => dot(row, row))));
}
