import { BalancedRecError } from '@balanced-rec/errors';
import type { Contents, Encoder, EncoderKind } from '../encoders/encoder.js';
import { Fault, type Input } from '../items/item-inputs.js';
import type { Batch, BatchLog } from './batch-log.js';

/** The progress of an extraction. */
export interface EncodingProgress {
  /** Inputs done, including those of earlier processes. */
  readonly done: number;
  readonly total: number;
  /** How many of `done` were already there when this process started. */
  readonly resumed: number;
}

/** How to encode. */
export interface EncodingOptions {
  readonly batchSize: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: EncodingProgress) => void) | undefined;
}

/** An input that was read and can be encoded, or a fault. */
type Read<Kind extends EncoderKind> = Contents[Kind] | Fault;

/**
 * Encodes the inputs that are not in the log yet, batch by batch, and logs each batch. The next batch is read in the meantime.
 *
 * @throws BalancedRecError `encoder/failed`, `encoder/bad-output`; the signal's reason
 */
export async function encodeInputs<Kind extends EncoderKind>(
  inputs: readonly Input<Contents[Kind]>[],
  encoder: Encoder<Kind>,
  log: BatchLog,
  { batchSize, signal, onProgress }: EncodingOptions,
): Promise<void> {
  const total = inputs.length;
  const resumed = log.batches.reduce((sum, { outcomes }) => sum + outcomes.length, 0);
  let dimension = encoder.dimension ?? log.batches.find((batch) => batch.dimension > 0)?.dimension;
  const read = (start: number) => readBatch<Kind>(inputs.slice(start, start + batchSize));
  onProgress?.({ done: resumed, total, resumed });
  let next = read(resumed);
  for (let start = resumed; start < total; start += batchSize) {
    const contents = await next;
    signal?.throwIfAborted();
    next = read(start + batchSize);
    const batch = await encodeBatch(contents, encoder, dimension);
    if (batch.vectors.length > 0) dimension ??= batch.vectors.length / countGood(batch.outcomes);
    await log.append(batch);
    onProgress?.({ done: Math.min(start + batchSize, total), total, resumed });
  }
}

/** Never rejects, because nobody awaits it yet if the previous batch fails. */
async function readBatch<Kind extends EncoderKind>(inputs: readonly Input<Contents[Kind]>[]): Promise<Read<Kind>[]> {
  return Promise.all(
    inputs.map((input) => input.read().catch((error: unknown) => new Fault('missing', String(error).split('\n')[0]!))),
  );
}

async function encodeBatch<Kind extends EncoderKind>(
  contents: readonly Read<Kind>[],
  encoder: Encoder<Kind>,
  dimension: number | undefined,
): Promise<Batch> {
  const good = contents.filter((content): content is Contents[Kind] => !(content instanceof Fault));
  const encoded = good.length === 0 ? new Float32Array() : await encode(good, encoder, dimension);
  const size = encoded.length / Math.max(1, good.length);
  const kept: Float32Array[] = [];
  let position = 0;
  const outcomes = contents.map((content) => {
    if (content instanceof Fault) return content;
    const vector = encoded.subarray(position, position + size);
    position += size;
    if (!vector.every(Number.isFinite))
      return new Fault('not-finite', `the vector from the encoder ${encoder.name} is not finite`);
    kept.push(vector);
    return undefined;
  });
  return { vectors: joined(kept, size), outcomes };
}

async function encode<Kind extends EncoderKind>(
  batch: readonly Contents[Kind][],
  encoder: Encoder<Kind>,
  dimension: number | undefined,
): Promise<Float32Array> {
  let vectors: unknown;
  try {
    vectors = await encoder.encode(batch);
  } catch (cause) {
    throw failed(encoder, batch.length, cause);
  }
  const size = vectors instanceof Float32Array ? vectors.length / batch.length : 0;
  if (Number.isInteger(size) && size > 0 && size === (dimension ?? size)) return vectors as Float32Array;
  throw badOutput(encoder, batch.length, dimension, vectors);
}

function joined(vectors: readonly Float32Array[], size: number): Float32Array {
  const values = new Float32Array(vectors.length * size);
  for (const [n, vector] of vectors.entries()) values.set(vector, n * size);
  return values;
}

function countGood(outcomes: Batch['outcomes']): number {
  return outcomes.filter((fault) => fault === undefined).length;
}

function failed({ name, kind }: Encoder, count: number, cause: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'encoder/failed',
    message: 'the encoder failed; the items encoded so far are kept',
    place: `${name} (${kind})`,
    expected: `vectors for ${count} inputs`,
    found: String((cause as Error)?.message ?? cause)
      .split('\n')[0]!
      .slice(0, 300),
    remedy: 'see the cause; if memory is short, use a smaller --batch',
    cause,
  });
}

function badOutput(
  { name, kind }: Encoder,
  count: number,
  dimension: number | undefined,
  found: unknown,
): BalancedRecError {
  const isFloats = found instanceof Float32Array;
  return new BalancedRecError({
    code: 'encoder/bad-output',
    message: 'the encoder returned something other than vectors',
    place: `${name} (${kind})`,
    expected: `a Float32Array of ${count} x ${dimension ?? 'dimension'} values`,
    found: isFloats ? `${found.length} values` : Object.prototype.toString.call(found),
    remedy: 'fix the encoder: encode(batch) must return the vectors one after the other',
  });
}
