import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Characters that are gathered before they are written. */
const CHUNK = 2 ** 20;

/** Writes a text file some lines at a time, so that it may be larger than memory. */
export class TextWriter {
  readonly #file: FileHandle;
  readonly #compress: boolean;
  #text = '';

  private constructor(file: FileHandle, compress: boolean) {
    this.#file = file;
    this.#compress = compress;
  }

  /**
   * Creates the file, or empties it.
   *
   * @param options.compress writes gzip: of several members, which every reader of gzip takes for one
   */
  static async create(path: string, { compress = false }: { compress?: boolean } = {}): Promise<TextWriter> {
    return new TextWriter(await open(path, 'w'), compress);
  }

  async append(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= CHUNK) await this.#flush();
  }

  /** Writes what is still to be written, and closes the file. */
  async close(): Promise<void> {
    try {
      await this.#flush();
    } finally {
      await this.#file.close();
    }
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#text);
    this.#text = '';
    if (bytes.length > 0) await this.#file.writeFile(this.#compress ? await promisify(gzip)(bytes) : bytes);
  }
}
