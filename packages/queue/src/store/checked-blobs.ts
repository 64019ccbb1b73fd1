import { createHash } from 'node:crypto';
import type { BlobStore } from './blob-store.js';

const HASH_BYTES = 32;

/** Puts bytes behind their SHA-256, so that whoever gets them can tell damage. */
export async function putChecked(store: BlobStore, name: string, bytes: Uint8Array): Promise<void> {
  await store.put(name, Buffer.concat([sha256(bytes), bytes]));
}

/** What {@link putChecked} put; a damaged blob counts as none. */
export async function getChecked(store: BlobStore, name: string): Promise<Uint8Array | undefined> {
  const blob = await store.get(name);
  if (!blob || blob.length < HASH_BYTES) return undefined;
  const bytes = blob.subarray(HASH_BYTES);
  return sha256(bytes).equals(blob.subarray(0, HASH_BYTES)) ? bytes : undefined;
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
