import { BalancedRecError } from '@balanced-rec/errors';

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
