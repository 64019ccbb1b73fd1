import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import type { BlobStore } from './blob-store.js';
import { FolderStore } from './folder-store.js';

/**
 * The store that a folder's path or `s3://bucket/prefix` names, after a blob has gone there and back.
 * @throws BalancedRecError `store/bad-address`, `store/unusable`
 */
export async function openStore(address: string): Promise<BlobStore> {
  const store = await storeAt(address);
  const probe = `probe-${randomUUID()}`;
  await store.put(probe, new Uint8Array([1]));
  await store.get(probe);
  await store.remove(probe);
  return store;
}

async function storeAt(address: string): Promise<BlobStore> {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(address)?.[1];
  if (scheme === undefined) return new FolderStore(resolve(address));
  const [, bucket, prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*?))?\/*$/.exec(address) ?? [];
  if (bucket === undefined) {
    throw new BalancedRecError({
      code: 'store/bad-address',
      message: 'there is no such kind of store',
      place: '--store',
      expected: 's3://BUCKET/PREFIX, or the path of a folder that all machines see',
      found: address,
      remedy: 'name one of these',
    });
  }
  // Who uses a folder does not load the client of S3.
  const { S3Store } = await import('./s3-store.js');
  return new S3Store(bucket, prefix);
}
