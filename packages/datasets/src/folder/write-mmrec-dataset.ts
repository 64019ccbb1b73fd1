import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetContent } from '../dataset.js';
import { INTER_COLUMNS } from '../interactions/inter-columns.js';
import { encodeNpy } from '../npy/encode-npy.js';
import { checkFileName } from './check-file-name.js';
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
  await writeFile(join(folder, `${content.name}.inter`), interTable(content));
  for (const modality of content.modalities) {
    await writeFile(join(folder, `${modality}_feat.npy`), encodeNpy(content.features[modality]!));
  }
}

function interTable({ userCount, train, validation, test }: DatasetContent): string {
  const lines = [INTER_COLUMNS.join('\t')];
  for (let user = 0; user < userCount; user++) {
    const rows = [train, validation, test].flatMap(({ offsets, items }, label) =>
      Array.from(items.subarray(offsets[user], offsets[user + 1]), (item) => [item, label] as const),
    );
    rows.sort(([one, oneLabel], [other, otherLabel]) => one - other || oneLabel - otherLabel);
    lines.push(...rows.map(([item, label]) => `${user}\t${item}\t${label}`));
  }
  return `${lines.join('\n')}\n`;
}
