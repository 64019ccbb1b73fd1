import { readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { Fault, type FaultReason } from '../items/item-inputs.js';

/** The outcome of one batch. */
export interface Batch {
  /** The vectors of the valid inputs, one after the other. */
  readonly vectors: Float32Array;
  /** In the order of the batch: the fault of an input without a vector, undefined for a valid one. */
  readonly outcomes: readonly (Fault | undefined)[];
}

/** Where the vectors of a batch are in the file. */
export interface LoggedBatch {
  readonly outcomes: Batch['outcomes'];
  readonly vectorsAt: number;
  readonly dimension: number;
}

/** The length of the outcomes, the length of the vectors, and the checksum of both. */
const HEADER = 12;
/** A larger length is invalid: the header was never written. */
const LARGEST = 2 ** 31;

/**
 * A file to which the outcome of each batch is appended with its checksum. Whatever a killed process or a lost disk leaves at
 * its end is thereby recognized as incomplete, and is overwritten.
 */
export class BatchLog {
  readonly #file: FileHandle;
  readonly #batches: LoggedBatch[];
  #end: number;

  private constructor(file: FileHandle, batches: LoggedBatch[], end: number) {
    this.#file = file;
    this.#batches = batches;
    this.#end = end;
  }

  /** Opens the log with its complete batches, or creates it. */
  static async open(path: string): Promise<BatchLog> {
    const file = await open(path, 'a+').then(async (created) => {
      await created.close();
      return open(path, 'r+');
    });
    try {
      const { batches, end } = await readBatches(file);
      await file.truncate(end);
      return new BatchLog(file, batches, end);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** The batches so far, in order. */
  get batches(): readonly LoggedBatch[] {
    return this.#batches;
  }

  async append({ vectors, outcomes }: Batch): Promise<void> {
    const described = Buffer.from(JSON.stringify(outcomes.map((fault) => (fault ? [fault.reason, fault.detail] : 0))));
    const values = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
    const record = Buffer.concat([Buffer.alloc(HEADER), described, values]);
    record.writeUInt32LE(described.length, 0);
    record.writeUInt32LE(values.length, 4);
    record.writeUInt32LE(crc32(record.subarray(HEADER)), 8);
    await writeAt(this.#file, record, this.#end);
    this.#batches.push(loggedBatch(outcomes, this.#end + HEADER + described.length, values.length));
    this.#end += record.length;
  }

  /** Reads the vector of a valid input of a batch. It is synchronous because it is called once per item. */
  readVector({ vectorsAt, dimension }: LoggedBatch, position: number): Float32Array {
    const vector = new Float32Array(dimension);
    const read = readSync(this.#file.fd, vector, 0, vector.byteLength, vectorsAt + position * vector.byteLength);
    if (read !== vector.byteLength) throw new RangeError('the progress file was truncated while in use');
    return vector;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

async function readBatches(file: FileHandle): Promise<{ batches: LoggedBatch[]; end: number }> {
  const { size } = await file.stat();
  const batches: LoggedBatch[] = [];
  const header = Buffer.alloc(HEADER);
  let end = 0;
  while (end + HEADER <= size) {
    await readAt(file, header, end);
    const [describedLength, valuesLength, checksum] = [0, 4, 8].map((at) => header.readUInt32LE(at)) as [
      number,
      number,
      number,
    ];
    const length = describedLength + valuesLength;
    if (describedLength === 0 || length > LARGEST || end + HEADER + length > size) break;
    const body = Buffer.alloc(length);
    await readAt(file, body, end + HEADER);
    if (crc32(body) !== checksum) break;
    const outcomes = readOutcomes(body.subarray(0, describedLength));
    batches.push(loggedBatch(outcomes, end + HEADER + describedLength, valuesLength));
    end += HEADER + length;
  }
  return { batches, end };
}

function readOutcomes(bytes: Buffer): (Fault | undefined)[] {
  const described = JSON.parse(bytes.toString('utf8')) as (0 | [FaultReason, string])[];
  return described.map((one) => (one === 0 ? undefined : new Fault(...one)));
}

function loggedBatch(outcomes: Batch['outcomes'], vectorsAt: number, valuesLength: number): LoggedBatch {
  const count = outcomes.filter((fault) => fault === undefined).length;
  return { outcomes, vectorsAt, dimension: count === 0 ? 0 : valuesLength / 4 / count };
}

async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

async function readAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, position + done);
    if (bytesRead === 0) throw new RangeError('the progress file was truncated while in use');
    done += bytesRead;
  }
}
