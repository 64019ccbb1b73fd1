import { quote } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { showValue } from '../items/item-record.js';

/** Vectors that a user has brought, by item id. */
export interface VectorTable {
  readonly dimension: number;
  readonly vectors: ReadonlyMap<string, Float32Array>;
  /** Vectors for ids that are no item's. */
  readonly others: number;
}

/** Takes vectors in one by one, and keeps those of items. */
export interface VectorSink {
  /** @param id of the item; @param values its vector, of numbers; null and undefined count as none */
  add(id: string, values: unknown, place: string): void;
}

/** A vector longer than this is a slip. */
const LARGEST_DIMENSION = 2 ** 20;

/** A vector as JSON and Parquet readers give them. */
type Numbers = ArrayLike<unknown>;

/**
 * Collects the vectors of the items in `ids`.
 *
 * @throws BalancedRecError from `add`: `vectors/duplicate-id`, `vectors/not-a-vector`, `vectors/wrong-dimension`;
 *   from `finish`: `vectors/no-match`
 */
export class VectorCollector implements VectorSink {
  readonly #wanted: ReadonlyMap<string, number>;
  readonly #file: string;
  readonly #vectors = new Map<string, Float32Array>();
  readonly #seen = new Set<string>();
  #dimension: { readonly size: number; readonly place: string } | undefined;
  #others = 0;

  constructor(wanted: ReadonlyMap<string, number>, file: string) {
    this.#wanted = wanted;
    this.#file = file;
  }

  add(id: string, values: unknown, place: string): void {
    if (this.#seen.has(id)) throw duplicateId(id, place);
    this.#seen.add(id);
    if (values === null || values === undefined) return;
    if (!isNumbers(values)) throw notAVector(values, place);
    this.#dimension ??= { size: values.length, place };
    if (values.length !== this.#dimension.size) throw wrongDimension(values.length, this.#dimension, place);
    if (this.#wanted.has(id)) this.#vectors.set(id, toFloats(values, place));
    else this.#others++;
  }

  finish(): VectorTable {
    if (this.#vectors.size === 0) throw this.#noMatch();
    return { dimension: this.#dimension!.size, vectors: this.#vectors, others: this.#others };
  }

  #noMatch(): BalancedRecError {
    const some = (ids: Iterable<string>) => [...ids].slice(0, 3).map((id) => quote(id));
    return new BalancedRecError({
      code: 'vectors/no-match',
      message: 'no vector is one of the dataset’s items',
      place: this.#file,
      expected: `ids such as ${some(this.#wanted.keys()).join(', ')}`,
      found: this.#seen.size === 0 ? 'no vectors' : `ids such as ${some(this.#seen).join(', ')}`,
      remedy: 'name the column that has the original ids (--id COLUMN)',
    });
  }
}

function isNumbers(values: unknown): values is Numbers {
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && 'length' in values);
  return isList && (values as Numbers).length > 0 && (values as Numbers).length <= LARGEST_DIMENSION;
}

/** Numbers as float32. What is no number is an error; what is not finite is for the caller to find. */
function toFloats(values: Numbers, place: string): Float32Array {
  const floats = new Float32Array(values.length);
  for (let n = 0; n < floats.length; n++) {
    const value = values[n];
    // JSON has no NaN; null is what it is often written as.
    if (typeof value !== 'number' && typeof value !== 'bigint' && value !== null) throw notAVector(value, place);
    floats[n] = value === null ? Number.NaN : Number(value);
  }
  return floats;
}

function notAVector(found: unknown, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/not-a-vector',
    message: 'this is no vector',
    place,
    expected: `a list of 1 to ${LARGEST_DIMENSION} numbers`,
    found: showValue(found),
    remedy: 'name the column that has the vectors (--vector-column COLUMN)',
  });
}

function wrongDimension(found: number, first: { size: number; place: string }, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/wrong-dimension',
    message: 'the vectors differ in length',
    place,
    expected: `${first.size} numbers, as at ${first.place}`,
    found: `${found}`,
    remedy: 'write vectors of one encoder alone',
  });
}

function duplicateId(id: string, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/duplicate-id',
    message: 'there are two vectors for one id',
    place,
    expected: 'one vector for each id',
    found: quote(id),
    remedy: 'keep the right one',
  });
}
