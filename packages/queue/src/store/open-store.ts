import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { type BlobStore, unusableStore } from './blob-store.js';

/**
 * Opens the store at a folder's path or `s3://bucket/prefix`, and checks it by writing and reading a blob.
 *
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
      message: 'invalid store address',
      place: '--store',
      expected: 's3://BUCKET/PREFIX, or the path of a folder that all machines see',
      found: address,
      remedy: 'use one of these',
    });
  }
  // Users of a folder do not load the S3 client.
  const { S3Store } = await import('./s3-store.js');
  return new S3Store(bucket, prefix);
}

/** A folder that all machines can access, possibly at different paths. */
class FolderStore implements BlobStore {
  readonly place: string;

  constructor(folder: string) {
    this.place = folder;
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.place, name);
    // Writers on different machines may have the same process id.
    const temporary = `${path}.tmp-${randomUUID()}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      const file = await open(temporary, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => {});
      throw unusableStore(this.place, error);
    }
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.place, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw unusableStore(this.place, error);
    }
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.place, name), { force: true }).catch((error: unknown) => {
      throw unusableStore(this.place, error);
    });
  }
}
