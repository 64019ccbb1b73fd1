import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { countOf } from '@balanced-rec/datasets';
import { Fault, type Input, type Inputs } from '../items/item-inputs.js';
import { showValue, withoutZeros } from '../items/item-record.js';
import { type ItemTable, readColumns } from '../items/read-columns.js';
import { readItemIds, unreadableFolder } from '../items/read-item-ids.js';
import { type DecodedImage, decodeImage, MOST_BYTES } from './decode-image.js';
import { findWithin, readWithin } from './file-within.js';

/** Where the items' images are. */
export type ImageSource =
  /** A folder of files named after the items' ids. */
  | { readonly folder: string }
  /** A column with paths below a folder, by default the table's folder. Extensions may be omitted. */
  | { readonly column: string; readonly root?: string | undefined; readonly items?: ItemTable | undefined };

/** The order of preference if an item has several. */
const EXTENSIONS = ['.jpg', '.jpeg', '.png', '.webp'];
/** How many files are inspected at the same time. */
const AT_ONCE = 32;

/**
 * Finds the items' images, in the order of the items. A path that leads out of the folder is a fault and is never read.
 *
 * @throws BalancedRecError `images/missing-folder`, and the errors of `readColumns` and `readItemIds`
 */
export async function imageInputs(folder: string, source: ImageSource): Promise<Inputs<DecodedImage>> {
  return 'folder' in source ? imagesById(folder, source.folder) : imagesByPath(folder, source);
}

async function imagesById(folder: string, images: string): Promise<Inputs<DecodedImage>> {
  const { ids } = await readItemIds(folder);
  const root = await realFolder(images);
  const { files, doubles } = nameById(await readdir(root, { withFileTypes: true }));
  const paths = ids.map((id) => {
    if (/[\\/\0]/.test(id)) return new Fault('refused', `the id is no file name: ${JSON.stringify(id).slice(0, 100)}`);
    return files.get(id) ?? new Fault('missing', `no ${JSON.stringify(id)} with ${EXTENSIONS.join(', ')}`);
  });
  const notes = doubles > 0 ? [`${countOf(doubles, 'extra image')} of an item that has another one`] : [];
  return { ids, ...(await findAll(root, paths)), source: { images: basename(root) }, notes };
}

async function imagesByPath(
  folder: string,
  { column, root, items }: Extract<ImageSource, { column: string }>,
): Promise<Inputs<DecodedImage>> {
  const found = await readColumns(folder, [column], items);
  const images = await realFolder(root ?? dirname(found.place));
  const paths = found.values.map((value) => {
    if (value === undefined) return new Fault('missing', `not in ${basename(found.place)}`);
    const [path] = value;
    if (path === undefined || path === null || path === '') return new Fault('missing', `nothing in ${column}`);
    // A number is a name, as in item ids.
    const isName = typeof path === 'string' || typeof path === 'number' || typeof path === 'bigint';
    return isName ? String(path) : new Fault('refused', `${showValue(path)} in ${column} is no path`);
  });
  const source = { items: basename(found.place), column, images: basename(images) };
  return { ids: found.items.ids, ...(await findAll(images, paths)), source, notes: found.notes };
}

function nameById(entries: readonly Dirent[]): { files: ReadonlyMap<string, string>; doubles: number } {
  const files = new Map<string, string>();
  const rank = (name: string) => EXTENSIONS.indexOf(extname(name).toLowerCase());
  const images = entries.filter(({ name }) => rank(name) >= 0).map(({ name }) => name);
  // By name if even the extension only differs in case.
  images.sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  for (const name of images) {
    const id = name.slice(0, -extname(name).length);
    if (!files.has(id)) files.set(id, name);
  }
  return { files, doubles: images.length - files.size };
}

async function findAll(
  root: string,
  paths: readonly (string | Fault)[],
): Promise<{ inputs: Input<DecodedImage>[]; faults: Map<number, Fault> }> {
  const inputs: Input<DecodedImage>[] = [];
  const faults = new Map<number, Fault>();
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const some = await Promise.all(paths.slice(start, start + AT_ONCE).map((path) => inputAt(root, path)));
    for (const [n, found] of some.entries()) {
      const row = start + n;
      if (found instanceof Fault) faults.set(row, found);
      else inputs.push({ row, stamp: found.stamp, read: () => readImage(root, found.path) });
    }
  }
  return { inputs, faults };
}

/** Finds an image and its stamp, which changes with the file. */
async function inputAt(root: string, path: string | Fault): Promise<{ path: string; stamp: string } | Fault> {
  if (path instanceof Fault) return path;
  let missing: Fault | undefined;
  for (const candidate of candidatesFor(path)) {
    const file = await findWithin(root, candidate);
    if (!(file instanceof Fault))
      return { path: candidate, stamp: JSON.stringify([candidate, file.size, file.changed]) };
    if (file.reason !== 'missing') return file;
    missing ??= file;
  }
  return missing!;
}

/** The files that a path may name: with or without an extension, and `17` for `17.0`. */
function candidatesFor(path: string): string[] {
  if (EXTENSIONS.includes(extname(path).toLowerCase())) return [path];
  const names = [...new Set([path, withoutZeros(path)])];
  return names.flatMap((name) => [name, ...EXTENSIONS.map((extension) => name + extension)]);
}

async function readImage(root: string, path: string): Promise<DecodedImage | Fault> {
  const bytes = await readWithin(root, path, MOST_BYTES);
  return bytes instanceof Fault ? bytes : decodeImage(bytes);
}

async function realFolder(folder: string): Promise<string> {
  try {
    const root = await realpath(folder);
    await readdir(root);
    return root;
  } catch (cause) {
    throw unreadableFolder(
      {
        code: 'images/missing-folder',
        message: 'the image folder cannot be read',
        place: folder,
        expected: 'a folder',
      },
      cause,
    );
  }
}
