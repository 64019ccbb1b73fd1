import { BalancedRecError } from '@balanced-rec/errors';
import { appendDigest, withoutDigest } from '@balanced-rec/files';

/**
 * Named bytes shared by several machines. A name is a path of letters, digits, dots, hyphens and underscores, separated by
 * slashes. Readers see a blob complete or not at all.
 */
export interface BlobStore {
  /** Its location, for people. */
  readonly place: string;
  /** Replaces an existing blob. @throws BalancedRecError `store/unusable` */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** @throws BalancedRecError `store/unusable` */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Does nothing if there is no such blob. @throws BalancedRecError `store/unusable` */
  remove(name: string): Promise<void>;
}

/** Stores bytes with their SHA-256, so that readers can detect damage. */
export async function putChecked(store: BlobStore, name: string, bytes: Uint8Array): Promise<void> {
  await store.put(name, Buffer.concat([...appendDigest([bytes])]));
}

/** Returns what {@link putChecked} stored. A damaged blob counts as missing. */
export async function getChecked(store: BlobStore, name: string): Promise<Uint8Array | undefined> {
  const blob = await store.get(name);
  return blob && withoutDigest(blob);
}

/** The error for a store that cannot be read or written. */
export function unusableStore(place: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'store/unusable',
    message: 'the store cannot be used',
    place,
    expected: 'a readable and writable store',
    found: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
    remedy: place.startsWith('s3://')
      ? 'check the bucket, AWS_ENDPOINT_URL, AWS_REGION and the credentials (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)'
      : 'set --store to a folder that this machine can write to',
    cause,
  });
}
