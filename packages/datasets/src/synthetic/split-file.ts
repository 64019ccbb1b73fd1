import { type FileHandle, open } from 'node:fs/promises';

/** How many ids are buffered before they are written, or read at once. */
const CHUNK = 2 ** 18;

/** Holds the items of a split, by user, in a temporary file: only the counts per user are sure to fit into memory. */
export class SplitFile {
  /** As in `Interactions`. */
  readonly offsets: Int32Array;
  readonly #file: FileHandle;
  readonly #gathered = new Int32Array(CHUNK);
  #count = 0;

  private constructor(file: FileHandle, userCount: number) {
    this.#file = file;
    this.offsets = new Int32Array(userCount + 1);
  }

  static async create(path: string, userCount: number): Promise<SplitFile> {
    return new SplitFile(await open(path, 'w+'), userCount);
  }

  /** @param items of the user after the last one, in any order */
  async append(user: number, items: Int32Array): Promise<void> {
    this.offsets[user + 1] = this.offsets[user]! + items.length;
    for (const item of items.toSorted()) {
      if (this.#count === CHUNK) await this.#flush();
      this.#gathered[this.#count++] = item;
    }
  }

  /** Yields all items, user by user and ascending for each, in pieces. The next piece overwrites the last. */
  async *items(): AsyncGenerator<Int32Array, void, void> {
    await this.#flush();
    const bytes = new Uint8Array(this.#gathered.buffer);
    for (let position = 0; ; ) {
      const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      yield this.#gathered.subarray(0, bytesRead / 4);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #flush(): Promise<void> {
    await this.#file.writeFile(new Uint8Array(this.#gathered.buffer, 0, 4 * this.#count));
    this.#count = 0;
  }
}
