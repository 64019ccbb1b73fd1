import { BalancedRecError } from '@balanced-rec/errors';
import { keep, type Tensor1D, tensor1d } from '@tensorflow/tfjs-core';
import { checkIds, offsetsFault } from './check.js';

/** The structure of a sparse matrix in CSR (compressed sparse row) format. */
export interface CsrPatternOptions {
  readonly rows: number;
  readonly columns: number;
  /** `[rows + 1]`: the entries of row r are those from rowOffsets[r] to rowOffsets[r + 1]. */
  readonly rowOffsets: Int32Array;
  /** `[entries]`: the column of each entry. */
  readonly columnIndices: Int32Array;
}

/** The transpose of a pattern. */
export interface TransposedPattern {
  readonly pattern: CsrPattern;
  /** `[entries]`: for each entry of the transposed pattern, the entry of the original. */
  readonly order: Int32Array;
}

/**
 * The positions of a sparse matrix's entries in CSR (compressed sparse row) format. The values are kept separately so that they can be
 * trained.
 *
 * The arrays are not copied, so do not change them afterwards. Whatever an engine needs is uploaded on first use and stays uploaded, even
 * across tf.tidy, until {@link dispose}.
 */
export class CsrPattern {
  readonly rows: number;
  readonly columns: number;
  readonly entries: number;
  readonly rowOffsets: Int32Array;
  readonly columnIndices: Int32Array;
  private rowOfEntry: Int32Array | undefined;
  private reverse: TransposedPattern | undefined;
  private readonly uploads = new Map<string, Tensor1D>();

  /** @throws BalancedRecError `sparse/invalid-pattern` if offsets decrease, do not end at the number of entries, or a column does not exist. */
  constructor({ rows, columns, rowOffsets, columnIndices }: CsrPatternOptions) {
    for (const [field, size] of Object.entries({ rows, columns })) {
      if (!Number.isInteger(size) || size < 0) throw invalid(field, 'a non-negative integer', String(size));
    }
    const fault = offsetsFault(rowOffsets, rows, columnIndices.length);
    if (fault !== undefined)
      throw invalid(
        'rowOffsets',
        `${rows + 1} offsets that start at 0, never decrease and end at ${columnIndices.length}`,
        fault,
      );
    checkColumns(columnIndices, columns);
    this.rows = rows;
    this.columns = columns;
    this.entries = columnIndices.length;
    this.rowOffsets = rowOffsets;
    this.columnIndices = columnIndices;
  }

  /** `[entries]`: the row of each entry. Computed once. */
  rowIndices(): Int32Array {
    if (this.rowOfEntry === undefined) {
      const result = new Int32Array(this.entries);
      for (let r = 0; r < this.rows; r++) result.fill(r, this.rowOffsets[r], this.rowOffsets[r + 1]);
      this.rowOfEntry = result;
    }
    return this.rowOfEntry;
  }

  /** The pattern of the transposed matrix, with sorted rows, and the origin of its entries. Computed once and owned by this pattern. */
  transposed(): TransposedPattern {
    if (this.reverse === undefined) {
      const rowOffsets = new Int32Array(this.columns + 1);
      for (const column of this.columnIndices) rowOffsets[column + 1]!++;
      for (let c = 0; c < this.columns; c++) rowOffsets[c + 1]! += rowOffsets[c]!;
      const next = rowOffsets.slice(0, this.columns);
      const columnIndices = new Int32Array(this.entries);
      const order = new Int32Array(this.entries);
      const rowOfEntry = this.rowIndices();
      for (let e = 0; e < this.entries; e++) {
        const at = next[this.columnIndices[e]!]!++;
        columnIndices[at] = rowOfEntry[e]!;
        order[at] = e;
      }
      const pattern = new CsrPattern({ rows: this.columns, columns: this.rows, rowOffsets, columnIndices });
      this.reverse = { pattern, order };
    }
    return this.reverse;
  }

  /** int32 [rows + 1], for kernels. Owned by this pattern. */
  rowOffsetsTensor(): Tensor1D {
    return this.upload('rowOffsets', () => this.rowOffsets);
  }

  /** int32 [entries], for kernels. Owned by this pattern. */
  columnIndicesTensor(): Tensor1D {
    return this.upload('columnIndices', () => this.columnIndices);
  }

  /** int32 [entries], {@link rowIndices} for kernels. Owned by this pattern. */
  rowIndicesTensor(): Tensor1D {
    return this.upload('rowIndices', () => this.rowIndices());
  }

  /** int32 [entries], the order of {@link transposed} for kernels. Owned by this pattern. */
  transposedOrderTensor(): Tensor1D {
    return this.upload('transposedOrder', () => this.transposed().order);
  }

  /** Frees all uploads, including those of the transposed pattern. The pattern stays usable and uploads again when needed. */
  dispose(): void {
    for (const tensor of this.uploads.values()) tensor.dispose();
    this.uploads.clear();
    this.reverse?.pattern.dispose();
  }

  private upload(name: string, values: () => Int32Array): Tensor1D {
    let tensor = this.uploads.get(name);
    if (tensor === undefined || tensor.isDisposed) {
      tensor = keep(tensor1d(values(), 'int32'));
      this.uploads.set(name, tensor);
    }
    return tensor;
  }
}

function checkColumns(columnIndices: Int32Array, columns: number): void {
  try {
    checkIds('columnIndices', columnIndices, columns);
  } catch (cause) {
    if (!(cause instanceof BalancedRecError)) throw cause;
    const { place, expected, found } = cause.details;
    throw invalid(place ?? 'columnIndices', expected ?? '', found ?? '');
  }
}

function invalid(place: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'sparse/invalid-pattern',
    place,
    message: 'not a valid CSR (compressed sparse row) pattern',
    expected,
    found,
  });
}
