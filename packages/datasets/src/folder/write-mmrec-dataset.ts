import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetContent } from '../dataset.js';
import { encodeNpy } from '../npy/encode-npy.js';
import { checkFileName } from './check-file-name.js';
import { writeFolder } from './write-folder.js';
import { writeInter } from './write-inter.js';

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
  await writeInter(join(folder, `${content.name}.inter`), content);
  for (const modality of content.modalities) {
    await writeFile(join(folder, `${modality}_feat.npy`), encodeNpy(content.features[modality]!));
  }
}
