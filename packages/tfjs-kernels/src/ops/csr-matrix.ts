import { BalancedRecError } from '@balanced-rec/errors';
import { keep, type Tensor1D, type Tensor2D, tensor1d } from '@tensorflow/tfjs-core';
import { checkIds } from '../kernel/check.js';
import { CsrPattern } from '../kernel/csr-pattern.js';
import { csrMatMulOf } from './sparse.js';

/** The entries of a sparse matrix in any order; the values of duplicate entries are summed. */
export interface Triplets {
  readonly rows: number;
  readonly columns: number;
  readonly rowIds: Int32Array;
  readonly columnIds: Int32Array;
  readonly values: Float32Array;
}

/** A sparse matrix with constant values, such as a normalized adjacency matrix. */
export class CsrMatrix {
  readonly pattern: CsrPattern;
  readonly values: Float32Array;
  private uploaded: Tensor1D | undefined;
  private uploadedTransposed: Tensor1D | undefined;

  /** @throws BalancedRecError `sparse/invalid-matrix` unless there is one value per entry. */
  constructor(pattern: CsrPattern, values: Float32Array) {
    if (values.length !== pattern.entries) throw mismatch('values', pattern.entries, values.length);
    this.pattern = pattern;
    this.values = values;
  }

  /**
   * Sorts the entries by row, then column, and sums duplicates in double precision.
   *
   * @throws BalancedRecError `sparse/invalid-matrix` if the three arrays differ in length; `kernels/id-out-of-range`.
   */
  static fromTriplets({ rows, columns, rowIds, columnIds, values }: Triplets): CsrMatrix {
    if (columnIds.length !== rowIds.length) throw mismatch('columnIds', rowIds.length, columnIds.length);
    if (values.length !== rowIds.length) throw mismatch('values', rowIds.length, values.length);
    checkIds('rowIds', rowIds, rows);
    checkIds('columnIds', columnIds, columns);
    const byColumn = countingSort(columnIds, columns, identity(rowIds.length));
    const order = countingSort(rowIds, rows, byColumn);
    const rowOffsets = new Int32Array(rows + 1);
    const columnIndices = new Int32Array(order.length);
    const sums = new Float64Array(order.length);
    let entries = 0;
    let lastRow = -1;
    for (const e of order) {
      const row = rowIds[e]!;
      const column = columnIds[e]!;
      if (row !== lastRow || column !== columnIndices[entries - 1]) {
        columnIndices[entries++] = column;
        rowOffsets[row + 1]!++;
        lastRow = row;
      }
      sums[entries - 1]! += values[e]!;
    }
    for (let r = 0; r < rows; r++) rowOffsets[r + 1]! += rowOffsets[r]!;
    const pattern = new CsrPattern({ rows, columns, rowOffsets, columnIndices: columnIndices.slice(0, entries) });
    return new CsrMatrix(pattern, Float32Array.from(sums.subarray(0, entries)));
  }

  /** float32 [entries], on the engine. Uploaded on first use, kept across tf.tidy, and owned by this matrix. */
  get valuesTensor(): Tensor1D {
    if (this.uploaded === undefined || this.uploaded.isDisposed) this.uploaded = keep(tensor1d(this.values, 'float32'));
    return this.uploaded;
  }

  /**
   * This matrix [rows, columns] times dense [columns, d]; returns [rows, d]. The gradient flows only to `dense`.
   *
   * @throws BalancedRecError `kernels/shape-mismatch`.
   */
  matMul(dense: Tensor2D): Tensor2D {
    return csrMatMulOf(this.valuesTensor, dense, {
      pattern: this.pattern,
      transposedValues: () => this.transposedValuesTensor(),
    });
  }

  /** Frees all uploads, including those of the pattern. */
  dispose(): void {
    this.uploaded?.dispose();
    this.uploadedTransposed?.dispose();
    this.uploaded = undefined;
    this.uploadedTransposed = undefined;
    this.pattern.dispose();
  }

  private transposedValuesTensor(): Tensor1D {
    if (this.uploadedTransposed === undefined || this.uploadedTransposed.isDisposed) {
      const { order } = this.pattern.transposed();
      const values = Float32Array.from(order, (entry) => this.values[entry]!);
      this.uploadedTransposed = keep(tensor1d(values, 'float32'));
    }
    return this.uploadedTransposed;
  }
}

function identity(length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i);
}

/** `order`, stably sorted by key. */
function countingSort(keys: Int32Array, limit: number, order: Int32Array): Int32Array {
  const next = new Int32Array(limit + 1);
  for (const key of keys) next[key + 1]!++;
  for (let key = 0; key < limit; key++) next[key + 1]! += next[key]!;
  const sorted = new Int32Array(order.length);
  for (const e of order) sorted[next[keys[e]!]!++] = e;
  return sorted;
}

function mismatch(place: string, expected: number, found: number): BalancedRecError {
  return new BalancedRecError({
    code: 'sparse/invalid-matrix',
    place,
    message: 'wrong number of elements',
    expected: String(expected),
    found: String(found),
  });
}
