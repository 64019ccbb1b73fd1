import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { itemsOf } from '@balanced-rec/interactions';
import type { DatasetContent } from '../dataset/dataset.js';
import { TextWriter } from '../disk/text-writer.js';
import { checkFileName, writeFolder } from '../disk/write-folder.js';
import { INTER_COLUMNS } from '../interaction-files/inter-table.js';
import { encodeNpy } from '../npy/encode-npy.js';

/**
 * Writes a dataset in MMRec layout: `<name>.inter` (sorted by user, then item) and a `<modality>_feat.npy` (float32) per
 * modality. The folder is written atomically: see {@link writeFolder}.
 *
 * @param folder created with its parents if necessary; an existing folder must be empty
 * @param options.overwrite replaces the existing content
 * @throws BalancedRecError `dataset/folder-exists`, `dataset/bad-name`
 */
export async function writeMmrecDataset(
  content: DatasetContent,
  folder: string,
  options: { overwrite?: boolean } = {},
): Promise<void> {
  for (const name of [content.name, ...content.modalities]) checkFileName(name);
  await writeFolder(folder, (partial) => writeFiles(content, partial), options);
}

/** Writes MMRec's table: tab-separated `userID`, `itemID` and `x_label` (0 train, 1 validation, 2 test), by user, then item. */
export async function writeInter(
  path: string,
  { userCount, train, validation, test }: Pick<DatasetContent, 'userCount' | 'train' | 'validation' | 'test'>,
): Promise<void> {
  const table = await InterWriter.create(path);
  try {
    for (let user = 0; user < userCount; user++) {
      const parts = [train, validation, test].map((split) => itemsOf(split, user));
      const items = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
      const splits = new Uint8Array(items.length);
      let at = 0;
      for (const [split, part] of parts.entries()) {
        items.set(part, at);
        splits.fill(split, at, at + part.length);
        at += part.length;
      }
      await table.append(user, items, splits);
    }
  } finally {
    await table.close();
  }
}

/** Writes an `.inter` table user by user. A user's lines are sorted by item, then split. */
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

  /** @param splits the position of each item's split in `SPLITS` */
  async append(user: number, items: Int32Array, splits: Uint8Array): Promise<void> {
    // Encoded as a single number, items sort together with their splits and without a comparator.
    const lines = Float64Array.from(items, (item, n) => 4 * item + splits[n]!).sort();
    let text = '';
    for (const line of lines) text += `${user}\t${Math.floor(line / 4)}\t${line % 4}\n`;
    await this.#file.append(text);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function writeFiles(content: DatasetContent, folder: string): Promise<void> {
  await writeInter(join(folder, `${content.name}.inter`), content);
  for (const modality of content.modalities) {
    await writeFile(join(folder, `${modality}_feat.npy`), encodeNpy(content.features[modality]!));
  }
}
