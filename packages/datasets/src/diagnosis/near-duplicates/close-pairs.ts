import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { RandomSource } from '../../synthetic/random-source.js';
import { rowNorms } from '../features/row-norms.js';
import { projectionOf, spreadingDirection } from './spreading-direction.js';

/** Pairs of rows that are close to each other, and how many of all such pairs they are. */
export interface ClosePairs {
  /** The rows of pair `n` are `ones[n]` and `others[n]`, the smaller first. */
  readonly ones: Int32Array;
  readonly others: Int32Array;
  /** The share of all close pairs that is to be expected among them: 1 where every pair of rows was compared. */
  readonly recall: number;
}

/** Values compared before the rest is left: about four seconds. */
const LARGEST_WORK = 2e9;
const MOST_PAIRS = 1e6;
/** Rounding of float32 features must not hide a pair at the threshold from the quick tests. */
const SLACK = 1e-6;

/**
 * All pairs among `rows` whose cosine is at least `threshold` in every matrix. Exact: for rows of length 1, a cosine of c is a
 * distance of √(2 - 2c), and neither a projection on a unit vector nor the first few values can be further apart than that. So
 * rows are sorted by their projection, each is compared with those in the window around it, and most comparisons end after a few
 * values. Where that still takes too long, rows are taken in random order until the work is spent; a pair is then missed if
 * neither of its rows came up, so of n rows with k compared the expected recall is 1 - (1 - k / n)².
 */
export function closePairs(matrices: readonly FeatureMatrix[], rows: Int32Array, threshold: number): ClosePairs {
  const spaces = matrices.map((matrix) => ({ ...matrix, norms: rowNorms(matrix) }));
  const squared = 2 - 2 * threshold + SLACK;
  const reach = Math.sqrt(squared);
  const { sorted, projections } = sortByProjection(spaces[0]!, rows);
  const pairs: [number, number][] = [];
  const isDone = new Uint8Array(sorted.length);
  const order = new RandomSource(0, 'close-pairs').shuffle(Int32Array.from(sorted.keys()));
  const distance = new BoundedDistance(spaces, squared);

  let compared = 0;
  for (; compared < order.length; compared++) {
    if (distance.work > LARGEST_WORK || pairs.length > MOST_PAIRS) break;
    const at = order[compared]!;
    const compare = (other: number) => {
      if (isDone[other] || !distance.isWithin(sorted[at]!, sorted[other]!)) return;
      if (cosineInAll(spaces, sorted[at]!, sorted[other]!) < threshold) return;
      pairs.push(inOrder(sorted[at]!, sorted[other]!));
    };
    isDone[at] = 1;
    for (let n = at + 1; n < sorted.length && projections[n]! - projections[at]! <= reach; n++) compare(n);
    for (let n = at - 1; n >= 0 && projections[at]! - projections[n]! <= reach; n--) compare(n);
  }
  pairs.sort(([one, other], [another, last]) => one - another || other - last);
  return {
    ones: Int32Array.from(pairs, ([one]) => one),
    others: Int32Array.from(pairs, ([, other]) => other),
    recall: order.length === 0 ? 1 : 1 - (1 - compared / order.length) ** 2,
  };
}

/** The least cosine of two rows over all matrices. */
export function leastCosine(matrices: readonly FeatureMatrix[], one: number, other: number): number {
  return Math.min(...matrices.map((matrix) => cosine(matrix, one, other)));
}

function cosineInAll(spaces: readonly FeatureMatrix[], one: number, other: number): number {
  // Rounding may put equal directions a hair below 1.
  return leastCosine(spaces, one, other) + 1e-9;
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

function inOrder(one: number, other: number): [number, number] {
  return one < other ? [one, other] : [other, one];
}

interface Space extends FeatureMatrix {
  readonly norms: Float64Array;
}

function sortByProjection(space: Space, rows: Int32Array): { sorted: Int32Array; projections: Float64Array } {
  const direction = spreadingDirection(space, space.norms);
  const projection = new Float64Array(space.rows);
  for (const row of rows) projection[row] = projectionOf(space.values, row, space.columns, direction) / space.norms[row]!;
  const sorted = rows.slice().sort((one, other) => projection[one]! - projection[other]! || one - other);
  return { sorted, projections: Float64Array.from(sorted, (row) => projection[row]!) };
}

/** Whether rows at length 1 are within a distance in every space; counts the values that it looked at. */
class BoundedDistance {
  work = 0;
  readonly #spaces: readonly Space[];
  readonly #squared: number;

  constructor(spaces: readonly Space[], squared: number) {
    this.#spaces = spaces;
    this.#squared = squared;
  }

  isWithin(one: number, other: number): boolean {
    for (const space of this.#spaces) {
      if (!this.#isWithinIn(space, one, other)) return false;
    }
    return true;
  }

  #isWithinIn({ columns, values, norms }: Space, one: number, other: number): boolean {
    const scale = 1 / norms[one]!;
    const otherScale = 1 / norms[other]!;
    const a = one * columns;
    const b = other * columns;
    let sum = 0;
    let k = 0;
    for (; k < columns && sum <= this.#squared; k++) {
      const difference = values[a + k]! * scale - values[b + k]! * otherScale;
      sum += difference * difference;
    }
    this.work += k;
    return sum <= this.#squared;
  }
}
