/**
 * `(matrix + ridge I)⁻¹` for a symmetric positive semi-definite matrix of `size` rows, by Cholesky decomposition.
 *
 * @param ridge above 0
 */
export function ridgeInverse(matrix: Float32Array, size: number, ridge: number): Float32Array {
  const lower = decompose(matrix, size, ridge);
  const inverse = new Float32Array(size * size);
  for (let n = 0; n < size; n++) {
    const column = new Float64Array(size);
    column[n] = 1;
    solve(lower, size, column);
    inverse.set(column, n * size);
  }
  return inverse;
}

/** The lower triangle L of LLᵀ. */
function decompose(matrix: Float32Array, size: number, ridge: number): Float64Array {
  const lower = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]! + (row === column ? ridge : 0);
      for (let k = 0; k < column; k++) sum -= lower[row * size + k]! * lower[column * size + k]!;
      lower[row * size + column] = row === column ? Math.sqrt(sum) : sum / lower[column * (size + 1)]!;
    }
  }
  return lower;
}

/** Solves LLᵀx = right, into `right`. */
function solve(lower: Float64Array, size: number, right: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = right[row]!;
    for (let k = 0; k < row; k++) sum -= lower[row * size + k]! * right[k]!;
    right[row] = sum / lower[row * (size + 1)]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    const value = right[row]! / lower[row * (size + 1)]!;
    right[row] = value;
    for (let k = 0; k < row; k++) right[k]! -= lower[row * size + k]! * value;
  }
}
