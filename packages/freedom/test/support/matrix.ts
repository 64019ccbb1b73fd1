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

export function zeros(size: number): Matrix {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

export function dot(a: readonly number[], b: readonly number[]): number {
  return sum(a.map((value, k) => value * b[k]!));
}

/** The sum of weights[k] * matrices[k]. */
export function weightedSum(weights: readonly number[], matrices: readonly Matrix[]): Matrix {
  return matrices[0]!.map((row, r) => row.map((_, c) => sum(weights.map((w, k) => w * matrices[k]![r]![c]!))));
}

export function matMul(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => b[0]!.map((_, c) => sum(row.map((value, k) => value * b[k]![c]!))));
}
