import { loadLanes, storeLanes } from "./lanes";

/**
 * PyTorch's Adam: m' = b1 m + (1 - b1) g, v' = b2 v + (1 - b2) g^2, p' = p - stepSize m' / (sqrt(v') / correction + epsilon).
 * Outputs may alias inputs.
 */
export function adam(
  p: usize, g: usize, m: usize, v: usize, pOut: usize, mOut: usize, vOut: usize, n: i32,
  stepSize: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, correction: f32, epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2), r2 = f32x4.splat(rest2);
  const step = f32x4.splat(stepSize), c = f32x4.splat(correction), eps = f32x4.splat(epsilon);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = i << 2;
    const grad = v128.load(g + o);
    const mi = f32x4.add(f32x4.mul(b1, v128.load(m + o)), f32x4.mul(r1, grad));
    const vi = f32x4.add(f32x4.mul(b2, v128.load(v + o)), f32x4.mul(r2, f32x4.mul(grad, grad)));
    const pi = f32x4.sub(v128.load(p + o), f32x4.div(f32x4.mul(step, mi), f32x4.add(f32x4.div(f32x4.sqrt(vi), c), eps)));
    v128.store(mOut + o, mi);
    v128.store(vOut + o, vi);
    v128.store(pOut + o, pi);
  }
  const o = i << 2, rest = n - i;
  if (rest > 0) {
    const grad = loadLanes(g + o, rest);
    const mi = f32x4.add(f32x4.mul(b1, loadLanes(m + o, rest)), f32x4.mul(r1, grad));
    const vi = f32x4.add(f32x4.mul(b2, loadLanes(v + o, rest)), f32x4.mul(r2, f32x4.mul(grad, grad)));
    const pi = f32x4.sub(loadLanes(p + o, rest), f32x4.div(f32x4.mul(step, mi), f32x4.add(f32x4.div(f32x4.sqrt(vi), c), eps)));
    storeLanes(mOut + o, mi, rest);
    storeLanes(vOut + o, vi, rest);
    storeLanes(pOut + o, pi, rest);
  }
}

/** Adam on the rows `ids` (distinct) of p, m and v [any, d]; g [count, d] holds their gradients in the same order. */
export function adamRows(
  p: usize, g: usize, m: usize, v: usize, ids: usize, count: i32, d: i32,
  stepSize: f32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, correction: f32, epsilon: f32,
): void {
  const stride: usize = d << 2;
  for (let i = 0; i < count; i++) {
    const o = <usize>load<i32>(ids + (i << 2)) * stride;
    adam(p + o, g, m + o, v + o, p + o, m + o, v + o, d, stepSize, beta1, rest1, beta2, rest2, correction, epsilon);
    g += stride;
  }
}

/** Bytes per segment: weight, denominator, spread, skew, firstDecay, secondDecay, rootDecay, and one unused. */
const SEGMENT: usize = 32;

/**
 * Updates without a gradient, on the rows `ids` (distinct) of p, m and v [any, d]. Row i goes through the segments
 * offsets[groups[i]] up to offsets[groups[i] + 1] while it is in cache; src/kernel/adam-segments.ts defines the segments.
 */
export function adamMissedSteps(
  p: usize, m: usize, v: usize, ids: usize, groups: usize, offsets: usize, segments: usize,
  count: i32, d: i32, epsilon: f32,
): void {
  const eps = f32x4.splat(epsilon), one = f32x4.splat(1);
  for (let i = 0; i < count; i++) {
    const row = <usize>load<i32>(ids + (i << 2)) * <usize>(d << 2);
    const group = offsets + (load<i32>(groups + (i << 2)) << 2);
    const first = segments + <usize>load<i32>(group) * SEGMENT, end = segments + <usize>load<i32>(group, 4) * SEGMENT;
    for (let j = 0; j < d; j += 4) {
      const o = row + (j << 2), lanes = d - j;
      let pj: v128, mj: v128, vj: v128;
      if (lanes >= 4) {
        pj = v128.load(p + o);
        mj = v128.load(m + o);
        vj = v128.load(v + o);
      } else {
        pj = loadLanes(p + o, lanes);
        mj = loadLanes(m + o, lanes);
        vj = loadLanes(v + o, lanes);
      }
      let s = f32x4.sqrt(vj);
      for (let at = first; at < end; at += SEGMENT) {
        const inverse = f32x4.div(one, f32x4.add(f32x4.mul(v128.load32_splat(at, 4), s), eps));
        const x = f32x4.mul(s, inverse);
        const leading = f32x4.mul(f32x4.mul(v128.load32_splat(at), mj), inverse);
        const spread = f32x4.sub(v128.load32_splat(at, 8), f32x4.mul(x, v128.load32_splat(at, 12)));
        pj = f32x4.sub(pj, f32x4.add(leading, f32x4.mul(leading, f32x4.mul(f32x4.mul(x, x), spread))));
        mj = f32x4.mul(mj, v128.load32_splat(at, 16));
        vj = f32x4.mul(vj, v128.load32_splat(at, 20));
        s = f32x4.mul(s, v128.load32_splat(at, 24));
      }
      if (lanes >= 4) {
        v128.store(p + o, pj);
        v128.store(m + o, mj);
        v128.store(v + o, vj);
      } else {
        storeLanes(p + o, pj, lanes);
        storeLanes(m + o, mj, lanes);
        storeLanes(v + o, vj, lanes);
      }
    }
  }
}
