import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { DatasetContent } from '../dataset.js';
import { INTER_COLUMNS } from '../interactions/inter-columns.js';
import { encodeNpy } from '../npy/encode-npy.js';

/**
 * Writes a dataset in MMRec layout: `<name>.inter` (by user, then item) and a `<modality>_feat.npy` (float32) for each modality.
 * The folder appears as a whole: it is filled under a temporary name beside its place and then renamed.
 *
 * @param folder is made, with its parents; it may exist if it is empty
 * @param options.overwrite replaces what is in the folder
 * @throws BalancedRecError `dataset/folder-exists`, `dataset/bad-name`
 */
export async function writeMmrecDataset(
  content: DatasetContent,
  folder: string,
  { overwrite = false }: { overwrite?: boolean } = {},
): Promise<void> {
  for (const name of [content.name, ...content.modalities]) checkFileName(name);
  const target = resolve(folder);
  if (!overwrite) await checkVacant(target);

  // Not mkdtemp: the folder is renamed into place and should have the usual permissions.
  const partial = join(dirname(target), `.${basename(target)}.partial-${randomUUID()}`);
  await mkdir(partial, { recursive: true });
  try {
    await writeFiles(content, partial);
    await putInPlace(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function writeFiles(content: DatasetContent, folder: string): Promise<void> {
  await writeFile(join(folder, `${content.name}.inter`), interTable(content));
  for (const modality of content.modalities) {
    await writeFile(join(folder, `${modality}_feat.npy`), encodeNpy(content.features[modality]!));
  }
}

/** A folder cannot be renamed over a filled one, so what is there steps aside first, and comes back where that fails. */
async function putInPlace(partial: string, target: string): Promise<void> {
  const old = `${partial}.old`;
  const stoodThere = await rename(target, old).then(
    () => true,
    () => false,
  );
  try {
    await rename(partial, target);
  } catch (error) {
    if (stoodThere) await rename(old, target);
    throw error;
  }
  if (stoodThere) await rm(old, { recursive: true, force: true });
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

function checkFileName(name: string): void {
  if (/^[\w.-]+$/.test(name) && !name.startsWith('.')) return;
  throw new BalancedRecError({
    code: 'dataset/bad-name',
    message: 'this name cannot be part of a file name',
    place: JSON.stringify(name),
    expected: 'letters, digits, "_", "-" and ".", not first "."',
    found: JSON.stringify(name),
    remedy: 'choose another name for the dataset or modality',
  });
}

async function checkVacant(target: string): Promise<void> {
  const names = await readdir(target).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? [] : [error.message],
  );
  if (names.length === 0) return;
  throw new BalancedRecError({
    code: 'dataset/folder-exists',
    message: 'something is there already',
    place: target,
    expected: 'a new or empty folder',
    found: names.slice(0, 10).join(', '),
    remedy: 'choose another folder, or set overwrite: true to replace it',
  });
}
