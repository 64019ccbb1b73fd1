/** Features `[items, columns]`, row-major. */
export interface FeatureRows {
  readonly values: Float32Array;
  readonly items: number;
  readonly columns: number;
}

/** Finds the k nearest rows by cosine in float64, by brute force: includes the row itself, prefers lower indices on ties, sorted ascending. */
export function bruteForceNeighbours({ values, items, columns }: FeatureRows): (row: number, k: number) => number[] {
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += values[a * columns + c]! * values[b * columns + c]!;
    return sum;
  };
  const norms = Float64Array.from({ length: items }, (_, row) => Math.sqrt(dot(row, row)));
  return (row, k) => {
    const cosines = Float64Array.from(norms, (norm, other) => dot(row, other) / (norms[row]! * norm));
    const order = Uint32Array.from(norms, (_, other) => other).sort((a, b) => cosines[b]! - cosines[a]! || a - b);
    return [...order.subarray(0, k).sort()];
  };
}
