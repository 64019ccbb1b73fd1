import { appendDigest, withoutDigest } from '@balanced-rec/files';
import type { BlobStore } from './blob-store.js';

/** Puts bytes with their SHA-256, so that whoever gets them can tell damage. */
export async function putChecked(store: BlobStore, name: string, bytes: Uint8Array): Promise<void> {
  await store.put(name, Buffer.concat([...appendDigest([bytes])]));
}

/** What {@link putChecked} put; a damaged blob counts as none. */
export async function getChecked(store: BlobStore, name: string): Promise<Uint8Array | undefined> {
  const blob = await store.get(name);
  return blob && withoutDigest(blob);
}
