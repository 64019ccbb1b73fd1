import { loadLanes, storeLanes } from "./lanes";

/**
 * PyTorch's Adam: m' = b1 m + (1 - b1) g, v' = b2 v + (1 - b2) g^2, p' = p - stepSize m' / (sqrt(v') / correction + epsilon).
 * Targets may equal sources.
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
