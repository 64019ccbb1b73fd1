import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { makeFolderWithin, writeFileAtomically } from '@balanced-rec/files';
import type { BlobStore } from '@balanced-rec/queue';
import * as z from 'zod';

/** The files that a run leaves in a comparison's folder; nothing else is accepted from a store. */
const fileName =
  /^((runs|search)\/[\w-][\w.-]*\.json|models\/[\w-][\w.-]*\/[\w-][\w.-]*|teachers\/[0-9a-f]+\.safetensors)$/;

const resultSchema = z.strictObject({
  format: z.literal(1),
  files: z.array(z.strictObject({ name: z.string().regex(fileName), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});

/** Puts a finished run's files into the store: first the contents, under their hashes, then in one step the list of them. */
export async function putResult(
  store: BlobStore,
  key: string,
  folder: string,
  names: readonly string[],
): Promise<void> {
  const files: { readonly name: string; readonly sha256: string }[] = [];
  for (const name of names) {
    const bytes = await readFile(join(folder, name));
    const sha256 = sha256Of(bytes);
    await store.put(`blobs/${sha256}`, bytes);
    files.push({ name, sha256 });
  }
  const result: z.input<typeof resultSchema> = { format: 1, files };
  await store.put(resultName(key), Buffer.from(`${JSON.stringify(result, null, 1)}\n`));
}

export async function hasResult(store: BlobStore, key: string): Promise<boolean> {
  return (await store.get(resultName(key))) !== undefined;
}

/**
 * Copies the files of a finished run into a folder. The record comes last, since it marks the run as complete.
 * @param wanted which files to copy; all by default
 * @returns whether the store has the run
 * @throws BalancedRecError `store/damaged`
 */
export async function fetchResult(
  store: BlobStore,
  key: string,
  folder: string,
  wanted: (name: string) => boolean = () => true,
): Promise<boolean> {
  const text = await store.get(resultName(key));
  if (!text) return false;
  const isRecord = (name: string) => /^(runs|search)\//.test(name);
  const files = readResult(store, key, text).filter(({ name }) => wanted(name));
  for (const { name, sha256 } of files.sort((a, b) => Number(isRecord(a.name)) - Number(isRecord(b.name)))) {
    const blob = `blobs/${sha256}`;
    const bytes = await store.get(blob);
    const found = bytes && sha256Of(bytes);
    if (!bytes || found !== sha256) throw damaged(store, resultName(key), blob, found ?? 'nothing');
    makeFoldersOf(name, folder);
    await writeFileAtomically(join(folder, name), bytes);
  }
  return true;
}

/** Makes the folders in a file's name, within an existing folder. */
function makeFoldersOf(name: string, folder: string): void {
  let inner = folder;
  for (const part of name.split('/').slice(0, -1)) {
    inner = join(inner, part);
    makeFolderWithin(inner);
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function readResult(store: BlobStore, key: string, text: Uint8Array): z.output<typeof resultSchema>['files'] {
  try {
    return resultSchema.parse(JSON.parse(Buffer.from(text).toString('utf8'))).files;
  } catch {
    throw damaged(store, resultName(key), "the list of a run's files", 'other content');
  }
}

function resultName(key: string): string {
  return `results/${key}.json`;
}

function damaged({ place }: BlobStore, name: string, expected: string, found: string): BalancedRecError {
  return new BalancedRecError({
    code: 'store/damaged',
    message: 'a result in the store is damaged',
    place: `${place}/${name}`,
    expected,
    found,
    remedy: `delete ${name} there, so that the run is repeated`,
  });
}
