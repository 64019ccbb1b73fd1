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

/** out[i] = leakyRelu(x[i] + bias + first[i] + second[i]) over n rows of d; an address of 0 means no addend. */
export function biasRectify(
  x: usize, bias: usize, first: usize, second: usize, out: usize, n: i32, d: i32, slope: f32,
): void {
  const s = f32x4.splat(slope);
  let at: usize = 0;
  for (let i = 0; i < n; i++) {
    let j = 0;
    for (; j + 4 <= d; j += 4) {
      let sum = f32x4.add(v128.load(x + at), v128.load(bias + (j << 2)));
      if (first != 0) sum = f32x4.add(sum, v128.load(first + at));
      if (second != 0) sum = f32x4.add(sum, v128.load(second + at));
      v128.store(out + at, leaky(sum, sum, s));
      at += 16;
    }
    for (; j < d; j++) {
      let sum = load<f32>(x + at) + load<f32>(bias + (j << 2));
      if (first != 0) sum += load<f32>(first + at);
      if (second != 0) sum += load<f32>(second + at);
      store<f32>(out + at, sum > 0 ? sum : slope * sum);
      at += 4;
    }
  }
}

/** out[j] = sum over i of x[i, j]. */
export function columnSum(x: usize, out: usize, n: i32, d: i32): void {
  const stride: usize = d << 2;
  let j = 0;
  for (; j + 16 <= d; j += 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let p = x + (j << 2);
    for (let i = 0; i < n; i++) {
      s0 = f32x4.add(s0, v128.load(p)); s1 = f32x4.add(s1, v128.load(p, 16));
      s2 = f32x4.add(s2, v128.load(p, 32)); s3 = f32x4.add(s3, v128.load(p, 48));
      p += stride;
    }
    const o = out + (j << 2);
    v128.store(o, s0); v128.store(o, s1, 16); v128.store(o, s2, 32); v128.store(o, s3, 48);
  }
  for (; j < d; j++) {
    let s: f32 = 0;
    let p = x + (j << 2);
    for (let i = 0; i < n; i++) {
      s += load<f32>(p);
      p += stride;
    }
    store<f32>(out + (j << 2), s);
  }
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
