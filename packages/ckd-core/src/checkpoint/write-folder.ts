import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

let serial = 0;

/** A name beside `path` that no other writer uses. */
function temporaryName(path: string): string {
  serial += 1;
  return `${path}.tmp-${process.pid}-${serial}`;
}

/** Writes a file so that readers see either the old content or the whole new one, even if the process is killed. */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** As {@link writeFileAtomically}, for callers that cannot wait. */
export function writeFileAtomicallySync(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/**
 * Writes a folder of files so that what is at `path` has all of them, even if the process is killed; a folder already there is
 * replaced, and may then be gone for the moment between two renames.
 */
export async function writeFolderAtomically(
  path: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await mkdir(temporary, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(join(temporary, name), content);
    // Moved away whole before it is removed, since removing takes files one by one.
    const replaced = temporaryName(path);
    const replaces = await rename(path, replaced).then(
      () => true,
      () => false,
    );
    await rename(temporary, path);
    if (replaces) await rm(replaced, { recursive: true, force: true });
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
