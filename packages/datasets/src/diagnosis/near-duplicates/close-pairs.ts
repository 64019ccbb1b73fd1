import { type FeatureMatrix, rowNorms } from '../../features/feature-matrix.js';
import { RandomSource } from '../../numeric/random-source.js';
import { SIGNATURE_WIDTH, type SortedSignatures, sortBySignature } from './signatures.js';

/** Pairs of rows that are close to each other, and the expected share of all such pairs that they make up. */
export interface ClosePairs {
  /** The rows of pair `n` are `ones[n]` and `others[n]`, the smaller first. Pairs are sorted. */
  readonly ones: Int32Array;
  readonly others: Int32Array;
  /** The expected share of all close pairs that were found: 1 if every pair of rows was compared. */
  readonly recall: number;
}

/** How many numbers to compare before giving up on the rest: a few seconds of work. */
const LARGEST_WORK = 1e9;
const MOST_PAIRS = 1e6;
/** Keeps float32 rounding from hiding a pair at the threshold from the quick tests. */
const SLACK = 1e-5;

/**
 * Finds all pairs among `rows` whose cosine is at least `threshold` in every matrix.
 *
 * The search is exact. For rows of norm 1, a cosine of c is a distance of √(2 - 2c). Neither the rows' projections on
 * orthonormal vectors nor their first few values can be further apart than that. So rows are sorted by one projection, and each
 * row is compared only with those in the window around it, first by three more projections, which end most comparisons.
 *
 * If that still takes too long, rows are taken in random order until the work limit is reached. A pair is then missed if
 * neither of its rows was reached, so with k of n rows compared, the expected recall is 1 - (1 - k / n)².
 *
 * @param rows none of norm 0
 */
export function closePairs(matrices: readonly FeatureMatrix[], rows: Int32Array, threshold: number): ClosePairs {
  const spaces = matrices.map((matrix) => ({ ...matrix, norms: rowNorms(matrix) }));
  const sorted = sortBySignature(spaces[0]!, spaces[0]!.norms, rows);
  const search = new PairSearch(spaces, sorted, threshold);
  const order = new RandomSource(0, 'close-pairs').shuffle(Int32Array.from(rows.keys()));
  let compared = 0;
  while (compared < order.length && !search.isSpent) search.compareWithAll(order[compared++]!);
  const pairs = search.pairs.sort(([one, other], [another, last]) => one - another || other - last);
  return {
    ones: Int32Array.from(pairs, ([one]) => one),
    others: Int32Array.from(pairs, ([, other]) => other),
    recall: order.length === 0 ? 1 : 1 - (1 - compared / order.length) ** 2,
  };
}

/** The close pairs among `candidates`, which must include all close pairs there are. */
export function closeAmong(
  matrices: readonly FeatureMatrix[],
  candidates: Iterable<readonly [number, number]>,
  threshold: number,
): ClosePairs {
  const pairs = [...candidates].filter(([one, other]) => isClose(matrices, one, other, threshold));
  return {
    ones: Int32Array.from(pairs, ([one]) => one),
    others: Int32Array.from(pairs, ([, other]) => other),
    recall: 1,
  };
}

/** The lowest cosine of two rows over all matrices. */
export function leastCosine(matrices: readonly FeatureMatrix[], one: number, other: number): number {
  return Math.min(...matrices.map((matrix) => cosine(matrix, one, other)));
}

function isClose(matrices: readonly FeatureMatrix[], one: number, other: number, threshold: number): boolean {
  // Rounding can put the cosine of equal directions slightly below 1.
  return leastCosine(matrices, one, other) + 1e-9 >= threshold;
}

function cosine({ columns, values }: FeatureMatrix, one: number, other: number): number {
  let [dot, square, otherSquare] = [0, 0, 0];
  for (let k = 0; k < columns; k++) {
    const x = values[one * columns + k]!;
    const y = values[other * columns + k]!;
    dot += x * y;
    square += x * x;
    otherSquare += y * y;
  }
  return dot / Math.sqrt(square * otherSquare);
}

interface Space extends FeatureMatrix {
  readonly norms: Float64Array;
}

class PairSearch {
  readonly pairs: [number, number][] = [];
  #work = 0;
  readonly #spaces: readonly Space[];
  readonly #rows: Int32Array;
  readonly #signatures: Float32Array;
  readonly #isDone: Uint8Array;
  readonly #threshold: number;
  readonly #squaredReach: number;

  constructor(spaces: readonly Space[], { rows, signatures }: SortedSignatures, threshold: number) {
    this.#spaces = spaces;
    this.#rows = rows;
    this.#signatures = signatures;
    this.#isDone = new Uint8Array(rows.length);
    this.#threshold = threshold;
    this.#squaredReach = 2 - 2 * threshold + SLACK;
  }

  get isSpent(): boolean {
    return this.#work > LARGEST_WORK || this.pairs.length > MOST_PAIRS;
  }

  /** Compares the row at a sorted position with every row not yet compared. */
  compareWithAll(place: number): void {
    this.#isDone[place] = 1;
    this.#scan(place, 1);
    this.#scan(place, -1);
  }

  #scan(place: number, step: 1 | -1): void {
    const signatures = this.#signatures;
    const [own0, own1, own2, own3] = signatures.subarray(place * SIGNATURE_WIDTH) as unknown as Quadruple;
    let n = place + step;
    for (; n >= 0 && n < this.#rows.length; n += step) {
      const at = n * SIGNATURE_WIDTH;
      const d0 = signatures[at]! - own0;
      if (d0 * d0 > this.#squaredReach) break;
      const d1 = signatures[at + 1]! - own1;
      const d2 = signatures[at + 2]! - own2;
      const d3 = signatures[at + 3]! - own3;
      if (d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3 <= this.#squaredReach && !this.#isDone[n]) this.#compare(place, n);
    }
    this.#work += Math.abs(n - place);
  }

  #compare(place: number, otherPlace: number): void {
    const one = this.#rows[place]!;
    const other = this.#rows[otherPlace]!;
    if (!this.#spaces.every((space) => this.#isWithinReach(space, one, other))) return;
    if (!isClose(this.#spaces, one, other, this.#threshold)) return;
    this.pairs.push(one < other ? [one, other] : [other, one]);
  }

  #isWithinReach({ columns, values, norms }: Space, one: number, other: number): boolean {
    const scale = 1 / norms[one]!;
    const otherScale = 1 / norms[other]!;
    const a = one * columns;
    const b = other * columns;
    let sum = 0;
    let k = 0;
    for (; k < columns && sum <= this.#squaredReach; k++) {
      const difference = values[a + k]! * scale - values[b + k]! * otherScale;
      sum += difference * difference;
    }
    this.#work += k;
    return sum <= this.#squaredReach;
  }
}

type Quadruple = [number, number, number, number];
