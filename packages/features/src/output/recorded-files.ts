import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file as it is recorded. */
export interface RecordedFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Describes the files of a folder. Names without a file are left out. */
export async function recordFiles(folder: string, names: readonly string[]): Promise<RecordedFile[]> {
  const files: RecordedFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    if (!existsSync(path)) continue;
    files.push({ name, bytes: (await stat(path)).size, sha256: await hashOfFile(path) });
  }
  return files;
}

/** The SHA-256 (hex) of a file's bytes. */
export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
