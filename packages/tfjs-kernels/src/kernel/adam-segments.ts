/**
 * The updates that a row goes through without a gradient, divided into segments that one formula can replace. Over updates 1..k of a
 * segment
 *
 *     m_j = beta1^j m,  v_j = beta2^j v,  p = p - sum of w_j m / (a_j s + epsilon)
 *
 * with s = sqrt(v), w_j = stepSize_j beta1^j and a_j = beta2^(j/2) / correction_j, none of which depends on the row. With W the sum of
 * the weights, a their mean of a_j, and mu2, mu3 the second and third central moments of a_j under them, the sum is
 *
 *     W m / D (1 + mu2 x^2 - mu3 x^3 + ...),  D = a s + epsilon,  x = s / D <= 1 / a
 *
 * for any epsilon. A segment is as long as possible while the omitted terms stay below float32 rounding; a single update is exact.
 */
export interface MissedSteps {
  readonly beta1: number;
  readonly beta2: number;
  /** The learning rate of update `step`, counted from 1. */
  readonly learningRate: (step: number) => number;
  /** The last update in which the row took part. */
  readonly from: number;
  /** The last update that it missed. */
  readonly to: number;
}

/** Numbers per segment: weight W, slope a, spread mu2, skew mu3, decay of m, of v and of sqrt(v), and one unused. */
export const SEGMENT_FLOATS = 8;

/** The part of an update that may be omitted, relative to the update: half a unit in the last place of float32. */
const NEGLIGIBLE = 2 ** -24;

/** Once momentum has decayed to this fraction, it no longer moves the parameter. */
const SPENT = 2 ** -50;

/** The segments of missed updates `from` + 1 to `to`, {@link SEGMENT_FLOATS} numbers each. */
export function adamSegments(missed: MissedSteps): number[] {
  const { beta1, beta2, from, to } = missed;
  const lasting = Math.min(to - from, Math.max(1, Math.ceil(Math.log(SPENT) / Math.log(beta1))));
  const segments: number[] = [];
  let done = 0;
  while (done < lasting) {
    let length = lasting - done;
    let moments = momentsOf(missed, from + done, length);
    while (length > 1 && !(moments.remainder < NEGLIGIBLE)) {
      length = Math.ceil(length / 2);
      moments = momentsOf(missed, from + done, length);
    }
    done += length;
    // The last segment also decays the moments through all updates that no longer move the parameter.
    const decays = done < lasting ? length : length + (to - from - lasting);
    const { weight, slope } = moments;
    const [spread, skew] = spreadAndSkew(slope, length);
    segments.push(weight, slope, spread, skew, beta1 ** decays, beta2 ** decays, beta2 ** (decays / 2), 0);
  }
  return segments;
}

/** One value per update. These are buffers that grow as needed; their content does not outlive a call. */
let weights = new Float64Array();
let slopes = new Float64Array();

/** W and a of the `length` updates after `from`, and a bound on the terms that the expansion omits. */
function momentsOf({ beta1, beta2, learningRate }: MissedSteps, from: number, length: number) {
  if (weights.length < length) {
    weights = new Float64Array(length);
    slopes = new Float64Array(length);
  }
  const powers1 = powersOf(beta1, from + length);
  const powers2 = powersOf(beta2, from + length);
  let weight = 0;
  for (let k = 0; k < length; k++) {
    const step = from + k + 1;
    weights[k] = (learningRate(step) * powers1[k + 1]!) / (1 - powers1[step]!);
    slopes[k] = Math.sqrt(powers2[k + 1]! / (1 - powers2[step]!));
    weight += weights[k]!;
  }
  let slope = 0;
  for (let k = 0; k < length; k++) {
    weights[k] = weight === 0 ? 1 / length : weights[k]! / weight;
    slope += weights[k]! * slopes[k]!;
  }
  let remainder = 0;
  for (let k = 0; k < length; k++) {
    const deviation = Math.abs(slopes[k]! - slope) / slope;
    const square = deviation * deviation;
    remainder += weights[k]! * (deviation < 1 ? (square * square) / (1 - deviation) : Number.POSITIVE_INFINITY);
  }
  return { weight, slope, remainder };
}

/** mu2 and mu3 of the updates in the last call of {@link momentsOf}. */
function spreadAndSkew(slope: number, length: number): [spread: number, skew: number] {
  let [spread, skew] = [0, 0];
  for (let k = 0; k < length; k++) {
    const deviation = slopes[k]! - slope;
    const square = deviation * deviation;
    spread += weights[k]! * square;
    skew += weights[k]! * square * deviation;
  }
  return [spread, skew];
}

const powers = new Map<number, Float64Array>();

/** A cached table of base ** n, at least up to `most`: one step of a large parameter table needs the same powers a million times. */
function powersOf(base: number, most: number): Float64Array {
  const known = powers.get(base);
  if (known && known.length > most) return known;
  const table = new Float64Array(Math.max(1024, 2 * (most + 1)));
  for (let n = 0; n < table.length; n++) table[n] = base ** n;
  powers.set(base, table);
  return table;
}
