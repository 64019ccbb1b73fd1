import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetContent } from '../dataset.js';
import { encodeNpy } from '../npy/encode-npy.js';
import { checkFileName } from './check-file-name.js';
import { InterWriter } from './inter-writer.js';
import { writeFolder } from './write-folder.js';

/**
 * Writes a dataset in MMRec layout: `<name>.inter` (by user, then item) and a `<modality>_feat.npy` (float32) for each modality.
 * The folder appears as a whole: see {@link writeFolder}.
 *
 * @param folder is made, with its parents; it may exist if it is empty
 * @param options.overwrite replaces what is in the folder
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

async function writeFiles(content: DatasetContent, folder: string): Promise<void> {
  await writeInter(content, join(folder, `${content.name}.inter`));
  for (const modality of content.modalities) {
    await writeFile(join(folder, `${modality}_feat.npy`), encodeNpy(content.features[modality]!));
  }
}

async function writeInter({ userCount, train, validation, test }: DatasetContent, path: string): Promise<void> {
  const table = await InterWriter.create(path);
  try {
    for (let user = 0; user < userCount; user++) {
      const parts = [train, validation, test].map(({ offsets, items }) =>
        items.subarray(offsets[user], offsets[user + 1]),
      );
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
