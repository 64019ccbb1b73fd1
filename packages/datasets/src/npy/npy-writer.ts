import { type FileHandle, open } from 'node:fs/promises';
import { bytesOfValues } from './bytes-of-values.js';
import { encodeNpyHeader } from './encode-npy-header.js';

/** Writes a float32 `.npy` file of shape `[rows, columns]` some rows at a time, so that it may be larger than memory. */
export class NpyWriter {
  readonly #file: FileHandle;
  readonly #columns: number;
  #missing: number;

  private constructor(file: FileHandle, rows: number, columns: number) {
    this.#file = file;
    this.#columns = columns;
    this.#missing = rows;
  }

  /** Creates the file, or empties it. */
  static async create(path: string, rows: number, columns: number): Promise<NpyWriter> {
    const file = await open(path, 'w');
    await file.writeFile(encodeNpyHeader(rows, columns));
    return new NpyWriter(file, rows, columns);
  }

  /**
   * Writes the next rows.
   * @param values some whole rows, row-major; free to be used again once this resolves
   * @throws RangeError if they are no whole rows, or more than were announced
   */
  async append(values: Float32Array): Promise<void> {
    const rows = values.length / this.#columns;
    if (!Number.isInteger(rows) || rows > this.#missing) {
      throw new RangeError(
        `${values.length} values are no whole rows of ${this.#columns}, or over the ${this.#missing} left`,
      );
    }
    await this.#file.writeFile(bytesOfValues(values));
    this.#missing -= rows;
  }

  /** @throws RangeError if rows are missing; the file is closed all the same */
  async close(): Promise<void> {
    await this.#file.close();
    if (this.#missing > 0) throw new RangeError(`${this.#missing} rows were never written`);
  }
}
