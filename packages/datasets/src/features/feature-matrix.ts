/** The features of one modality: `[rows, columns]`, row-major, row = item id. */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` values; row `r` starts at `r * columns`. */
  readonly values: Float32Array;
}

/** The Euclidean norm of each row. */
export function rowNorms({ rows, columns, values }: FeatureMatrix): Float64Array {
  const norms = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let n = row * columns; n < (row + 1) * columns; n++) sum += values[n]! * values[n]!;
    norms[row] = Math.sqrt(sum);
  }
  return norms;
}

/**
 * `[columns]`: the mean of the rows, each multiplied by its scale. Rows with scale 0 are left out.
 *
 * @param scales one per row; all 1 by default
 */
export function meanRow(
  { rows, columns, values }: FeatureMatrix,
  scales: Float64Array = new Float64Array(rows).fill(1),
): Float64Array {
  const mean = new Float64Array(columns);
  const usable = scales.filter((scale) => scale > 0).length;
  for (let row = 0; row < rows; row++) {
    if (scales[row] === 0) continue;
    for (let k = 0; k < columns; k++) mean[k]! += (values[row * columns + k]! * scales[row]!) / usable;
  }
  return mean;
}
