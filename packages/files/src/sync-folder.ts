import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Windows has no folder handles to flush, and keeps folder entries in its journal. */
const HAS_FOLDER_HANDLES = process.platform !== 'win32';

/** Makes the names in a folder survive a power failure. */
export async function syncFolder(folder: string): Promise<void> {
  if (!HAS_FOLDER_HANDLES) return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The synchronous version of {@link syncFolder}. */
export function syncFolderSync(folder: string): void {
  if (!HAS_FOLDER_HANDLES) return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes all files and names below a folder survive a power failure. */
export async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path);
    else if (entry.isFile()) await syncFile(path);
  }
  await syncFolder(folder);
}

/** Makes the content of a file survive a power failure. */
export async function syncFile(path: string): Promise<void> {
  // Windows only flushes files opened for writing.
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
