import { type FileHandle, open } from 'node:fs/promises';

/** NumPy aligns the values so that they can be memory-mapped. */
const ALIGNMENT = 64;

/** Row-major values; all rows have the same width. */
export interface NpyMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array | Int32Array;
}

/** Encodes `matrix` as an `.npy` file (format 1.0, float32 or int32, little-endian, C order). */
export function encodeNpy({ rows, columns, values }: NpyMatrix): Uint8Array {
  const header = encodeNpyHeader(rows, columns, values instanceof Int32Array ? 'i4' : 'f4');
  const bytes = new Uint8Array(header.length + values.byteLength);
  bytes.set(header);
  bytes.set(bytesOfValues(values), header.length);
  return bytes;
}

/** Writes a float32 `.npy` file of shape `[rows, columns]` a few rows at a time, so that the file may be larger than memory. */
export class NpyWriter {
  readonly #file: FileHandle;
  readonly #columns: number;
  #missing: number;

  private constructor(file: FileHandle, rows: number, columns: number) {
    this.#file = file;
    this.#columns = columns;
    this.#missing = rows;
  }

  /** Creates the file, or truncates it. */
  static async create(path: string, rows: number, columns: number): Promise<NpyWriter> {
    const file = await open(path, 'w');
    await file.writeFile(encodeNpyHeader(rows, columns));
    return new NpyWriter(file, rows, columns);
  }

  /**
   * Writes the next rows.
   *
   * @param values whole rows, row-major; the caller may reuse the array once this resolves
   * @throws RangeError if the values are not whole rows, or if there are more rows than announced
   */
  async append(values: Float32Array): Promise<void> {
    const rows = values.length / this.#columns;
    if (!Number.isInteger(rows) || rows > this.#missing) {
      throw new RangeError(
        `${values.length} values are not whole rows of ${this.#columns}, or more than the ${this.#missing} rows left`,
      );
    }
    await this.#file.writeFile(bytesOfValues(values));
    this.#missing -= rows;
  }

  /** @throws RangeError if rows are missing; the file is closed anyway */
  async close(): Promise<void> {
    await this.#file.close();
    if (this.#missing > 0) throw new RangeError(`${this.#missing} rows were never written`);
  }
}

/** The first bytes of an `.npy` file (format 1.0, little-endian, C order) of shape `[rows, columns]`. */
function encodeNpyHeader(rows: number, columns: number, dtype: 'f4' | 'i4' = 'f4'): Uint8Array {
  const header = padded(`{'descr': '<${dtype}', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`);
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 0xff, header.length >> 8];
  return Uint8Array.from([...magic, ...new TextEncoder().encode(header)]);
}

function padded(dictionary: string): string {
  const length = 10 + dictionary.length + 1;
  return `${dictionary}${' '.repeat((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT)}\n`;
}

/** The memory of `values`, not copied. It is little-endian, as on every machine that Node.js supports. */
function bytesOfValues(values: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
