import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type BlobStore, unusableStore } from './blob-store.js';

/** The number of attempts per request, because a store on a network can fail temporarily. Callers wait for longer failures. */
const TRIES = 2;

/** A network that drops packets does not close a connection; without limits, a request would wait for many minutes. */
const CONNECTING_MS = 5000;
const LONGEST_SILENCE_MS = 10_000;

/** A bucket on S3 or a compatible service. The standard AWS variables set the endpoint, region and credentials. */
export class S3Store implements BlobStore {
  readonly place: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(bucket: string, prefix: string) {
    this.place = `s3://${bucket}/${prefix}`;
    this.#bucket = bucket;
    this.#prefix = prefix;
    const { AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = process.env;
    this.#client = new S3Client({
      region: AWS_REGION ?? AWS_DEFAULT_REGION ?? 'us-east-1',
      maxAttempts: TRIES,
      requestHandler: { connectionTimeout: CONNECTING_MS, socketTimeout: LONGEST_SILENCE_MS },
      // Services other than Amazon's have no host name per bucket, and few support its newer checksums. The blobs contain their
      // own.
      forcePathStyle: (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    await this.#told(this.#client.send(new PutObjectCommand({ ...this.#key(name), Body: bytes })));
  }

  async get(name: string): Promise<Uint8Array | undefined> {
    const found = this.#client
      .send(new GetObjectCommand(this.#key(name)))
      .then(({ Body }) => Body!.transformToByteArray());
    return this.#told(
      found.catch((error: unknown) => {
        if ((error as Error).name === 'NoSuchKey') return undefined;
        throw error;
      }),
    );
  }

  async remove(name: string): Promise<void> {
    await this.#told(this.#client.send(new DeleteObjectCommand(this.#key(name))));
  }

  #key(name: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix === '' ? name : `${this.#prefix}/${name}` };
  }

  #told<T>(answer: Promise<T>): Promise<T> {
    return answer.catch((error: unknown) => {
      throw unusableStore(this.place, error);
    });
  }
}
