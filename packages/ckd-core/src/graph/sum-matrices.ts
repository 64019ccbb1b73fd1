import { CsrMatrix } from '@balanced-rec/tfjs-kernels';

/** The weighted sum of sparse matrices of one shape. */
export function sumMatrices(parts: readonly { readonly matrix: CsrMatrix; readonly weight: number }[]): CsrMatrix {
  const { rows, columns } = parts[0]!.matrix.pattern;
  const entries = parts.reduce((sum, { matrix }) => sum + matrix.pattern.entries, 0);
  const rowIds = new Int32Array(entries);
  const columnIds = new Int32Array(entries);
  const values = new Float32Array(entries);
  let at = 0;
  for (const { matrix, weight } of parts) {
    rowIds.set(matrix.pattern.rowIndices(), at);
    columnIds.set(matrix.pattern.columnIndices, at);
    values.set(
      matrix.values.map((value) => weight * value),
      at,
    );
    at += matrix.pattern.entries;
  }
  return CsrMatrix.fromTriplets({ rows, columns, rowIds, columnIds, values });
}
