import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Characters buffered before they are written. */
const CHUNK = 2 ** 20;

/** Writes a text file a few lines at a time, so that the file may be larger than memory. */
export class TextWriter {
  readonly #file: FileHandle;
  readonly #compress: boolean;
  #text = '';

  private constructor(file: FileHandle, compress: boolean) {
    this.#file = file;
    this.#compress = compress;
  }

  /**
   * Creates the file, or truncates it.
   *
   * @param options.compress writes gzip, as several members, which every gzip reader treats as one stream
   */
  static async create(path: string, { compress = false }: { compress?: boolean } = {}): Promise<TextWriter> {
    return new TextWriter(await open(path, 'w'), compress);
  }

  async append(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length >= CHUNK) await this.#flush();
  }

  /** Writes the remaining text and closes the file. */
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
