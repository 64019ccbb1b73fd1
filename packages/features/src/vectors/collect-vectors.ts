import { quote } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { idAmong, showValue } from '../items/item-record.js';

/** Imported vectors, by item id. */
export interface VectorTable {
  readonly dimension: number;
  readonly vectors: ReadonlyMap<string, Float32Array>;
  /** The number of vectors whose id is not an item's. */
  readonly others: number;
}

/** Accepts vectors one by one, and keeps those of items. */
export interface VectorSink {
  /** @param id the item's id; @param values its vector, as numbers; null and undefined mean none */
  add(id: string, values: unknown, place: string): void;
}

/** A longer vector is a mistake. */
const LARGEST_DIMENSION = 2 ** 20;

/** A vector as returned by the JSON and Parquet readers. */
type Numbers = ArrayLike<unknown>;

/**
 * Collects the vectors of the items in `ids`.
 *
 * @throws BalancedRecError from `add`: `vectors/duplicate-id`, `vectors/not-a-vector`, `vectors/wrong-dimension`; from
 *   `finish`: `vectors/no-match`
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
    const known = idAmong(this.#wanted, id);
    if (known === undefined) this.#others++;
    else this.#vectors.set(known, toFloats(values, place));
  }

  finish(): VectorTable {
    if (this.#vectors.size === 0) throw this.#noMatch();
    return { dimension: this.#dimension!.size, vectors: this.#vectors, others: this.#others };
  }

  #noMatch(): BalancedRecError {
    const some = (ids: Iterable<string>) => [...ids].slice(0, 3).map((id) => quote(id));
    return new BalancedRecError({
      code: 'vectors/no-match',
      message: 'no vector matches an item of the dataset',
      place: this.#file,
      expected: `ids such as ${some(this.#wanted.keys()).join(', ')}`,
      found: this.#seen.size === 0 ? 'no vectors' : `ids such as ${some(this.#seen).join(', ')}`,
      remedy: 'choose the column with the original ids (--id COLUMN)',
    });
  }
}

function isNumbers(values: unknown): values is Numbers {
  const isList = Array.isArray(values) || (ArrayBuffer.isView(values) && 'length' in values);
  return isList && (values as Numbers).length > 0 && (values as Numbers).length <= LARGEST_DIMENSION;
}

/** Converts numbers to float32. Anything else is an error; the caller detects non-finite values. */
function toFloats(values: Numbers, place: string): Float32Array {
  const floats = new Float32Array(values.length);
  for (let n = 0; n < floats.length; n++) {
    const value = values[n];
    // JSON has no NaN, and null is often written instead.
    if (typeof value !== 'number' && typeof value !== 'bigint' && value !== null) throw notAVector(value, place);
    floats[n] = value === null ? Number.NaN : Number(value);
  }
  return floats;
}

function notAVector(found: unknown, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/not-a-vector',
    message: 'not a vector',
    place,
    expected: `a list of 1 to ${LARGEST_DIMENSION} numbers`,
    found: showValue(found),
    remedy: 'choose the column with the vectors (--vector-column COLUMN)',
  });
}

function wrongDimension(found: number, first: { size: number; place: string }, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/wrong-dimension',
    message: 'the vectors have different lengths',
    place,
    expected: `${first.size} numbers, as at ${first.place}`,
    found: `${found}`,
    remedy: 'write the vectors of a single encoder',
  });
}

function duplicateId(id: string, place: string): BalancedRecError {
  return new BalancedRecError({
    code: 'vectors/duplicate-id',
    message: 'duplicate vector id',
    place,
    expected: 'one vector per id',
    found: quote(id),
    remedy: 'remove one of them',
  });
}
