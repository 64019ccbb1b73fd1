import { INTER_COLUMNS } from '../interactions/inter-columns.js';
import { TextWriter } from './text-writer.js';

/** Writes an `.inter` table user by user, each user's lines by item, then split. */
export class InterWriter {
  readonly #file: TextWriter;

  private constructor(file: TextWriter) {
    this.#file = file;
  }

  static async create(path: string): Promise<InterWriter> {
    const file = await TextWriter.create(path);
    await file.append(`${INTER_COLUMNS.join('\t')}\n`);
    return new InterWriter(file);
  }

  /** @param splits of each item, its position in `SPLITS` */
  async append(user: number, items: Int32Array, splits: Uint8Array): Promise<void> {
    // As one number each, items sort with their splits and without a comparator.
    const lines = Float64Array.from(items, (item, n) => 4 * item + splits[n]!).sort();
    let text = '';
    for (const line of lines) text += `${user}\t${Math.floor(line / 4)}\t${line % 4}\n`;
    await this.#file.append(text);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
