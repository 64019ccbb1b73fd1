import { sigmoid4, softplus4 } from "./exp";
import { loadLanes, storeLanes, sumLanes } from "./lanes";

/** y where x > 0, slope y elsewhere. */
@inline
export function leaky(x: v128, y: v128, slope: v128): v128 {
  return v128.bitselect(y, f32x4.mul(y, slope), f32x4.gt(x, f32x4.splat(0)));
}

export function leakyRelu(x: usize, out: usize, n: i32, slope: f32): void {
  leakyReluGrad(x, x, out, n, slope);
}

/** dy where x > 0, slope dy elsewhere. */
export function leakyReluGrad(x: usize, dy: usize, out: usize, n: i32, slope: f32): void {
  const s = f32x4.splat(slope);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = i << 2;
    v128.store(out + o, leaky(v128.load(x + o), v128.load(dy + o), s));
  }
  const o = i << 2, rest = n - i;
  if (rest > 0) storeLanes(out + o, leaky(loadLanes(x + o, rest), loadLanes(dy + o, rest), s), rest);
}

export function softplus(x: usize, out: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) v128.store(out + (i << 2), softplus4(v128.load(x + (i << 2))));
  const o = i << 2, rest = n - i;
  if (rest > 0) storeLanes(out + o, softplus4(loadLanes(x + o, rest)), rest);
}

export function softplusGrad(x: usize, dy: usize, out: usize, n: i32): void {
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const o = i << 2;
    v128.store(out + o, f32x4.mul(sigmoid4(v128.load(x + o)), v128.load(dy + o)));
  }
  const o = i << 2, rest = n - i;
  if (rest > 0) storeLanes(out + o, f32x4.mul(sigmoid4(loadLanes(x + o, rest)), loadLanes(dy + o, rest)), rest);
}

/** The sum of squares: float32 within blocks of 4096, float64 across them. */
export function sumOfSquares(x: usize, n: i32): f64 {
  let total: f64 = 0;
  let i = 0;
  while (i + 16 <= n) {
    const end = min(i + 4096, n);
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (; i + 16 <= end; i += 16) {
      const p = x + (i << 2);
      const a = v128.load(p), b = v128.load(p, 16), c = v128.load(p, 32), d = v128.load(p, 48);
      s0 = f32x4.add(s0, f32x4.mul(a, a)); s1 = f32x4.add(s1, f32x4.mul(b, b));
      s2 = f32x4.add(s2, f32x4.mul(c, c)); s3 = f32x4.add(s3, f32x4.mul(d, d));
    }
    total += sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  }
  for (; i < n; i++) {
    const v = load<f32>(x + (i << 2));
    total += v * v;
  }
  return total;
}
