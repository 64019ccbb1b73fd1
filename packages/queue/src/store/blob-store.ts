import { BalancedRecError } from '@balanced-rec/errors';
import { appendDigest, withoutDigest } from '@balanced-rec/files';

/**
 * Named bytes that several machines share. A name is a path of letters, digits, dots, hyphens and underscores with slashes between.
 * Whoever reads finds a blob whole or not at all.
 */
export interface BlobStore {
  /** Where it is, for people. */
  readonly place: string;
  /** Replaces what was there. @throws BalancedRecError `store/unusable` */
  put(name: string, bytes: Uint8Array): Promise<void>;
  /** @throws BalancedRecError `store/unusable` */
  get(name: string): Promise<Uint8Array | undefined>;
  /** Does nothing where there is none. @throws BalancedRecError `store/unusable` */
  remove(name: string): Promise<void>;
}

/** Puts bytes with their SHA-256, so that whoever gets them can tell damage. */
export async function putChecked(store: BlobStore, name: string, bytes: Uint8Array): Promise<void> {
  await store.put(name, Buffer.concat([...appendDigest([bytes])]));
}

/** What {@link putChecked} put; a damaged blob counts as none. */
export async function getChecked(store: BlobStore, name: string): Promise<Uint8Array | undefined> {
  const blob = await store.get(name);
  return blob && withoutDigest(blob);
}

/** The error of a store that cannot be read or written. */
export function unusableStore(place: string, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'store/unusable',
    message: 'the store cannot be used',
    place,
    expected: 'a store that can be read and written',
    found: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
    remedy: place.startsWith('s3://')
      ? 'check the bucket, AWS_ENDPOINT_URL, AWS_REGION and the credentials (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)'
      : 'name a folder of --store that this machine can write to',
    cause,
  });
}
