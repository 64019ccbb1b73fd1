import { dot } from "./lanes";

/** out[i] = x[i] / max(|x[i]|, epsilon). */
export function normalizeRows(x: usize, out: usize, n: i32, d: i32, epsilon: f32): void {
  for (let i = 0; i < n; i++) {
    const norm = max(sqrt<f32>(dot(x, x, d)), epsilon);
    const w = f32x4.splat(norm);
    let j = 0;
    for (; j + 4 <= d; j += 4) v128.store(out + (j << 2), f32x4.div(v128.load(x + (j << 2)), w));
    for (; j < d; j++) store<f32>(out + (j << 2), load<f32>(x + (j << 2)) / norm);
    x += d << 2;
    out += d << 2;
  }
}

/** (dy - x <x, dy> / |x|^2) / |x|; dy / epsilon where |x| is below epsilon. */
export function normalizeRowsGrad(x: usize, dy: usize, out: usize, n: i32, d: i32, epsilon: f32): void {
  for (let i = 0; i < n; i++) {
    const square = dot(x, x, d);
    let norm = sqrt<f32>(square);
    let along: f32 = 0;
    if (norm > epsilon) along = dot(x, dy, d) / square;
    else norm = epsilon;
    const w = f32x4.splat(norm), s = f32x4.splat(along);
    let j = 0;
    for (; j + 4 <= d; j += 4) {
      const o = j << 2;
      v128.store(out + o, f32x4.div(f32x4.sub(v128.load(dy + o), f32x4.mul(v128.load(x + o), s)), w));
    }
    for (; j < d; j++) {
      const o = j << 2;
      store<f32>(out + o, (load<f32>(dy + o) - load<f32>(x + o) * along) / norm);
    }
    x += d << 2;
    dy += d << 2;
    out += d << 2;
  }
}

export function rowDot(a: usize, b: usize, out: usize, n: i32, d: i32): void {
  for (let i = 0; i < n; i++) {
    store<f32>(out + (i << 2), dot(a, b, d));
    a += d << 2;
    b += d << 2;
  }
}

/** out[i] = x[i] weights[i]. */
export function scaleRows(x: usize, weights: usize, out: usize, n: i32, d: i32): void {
  for (let i = 0; i < n; i++) {
    const w = v128.load_splat<f32>(weights + (i << 2));
    let j = 0;
    for (; j + 4 <= d; j += 4) v128.store(out + (j << 2), f32x4.mul(v128.load(x + (j << 2)), w));
    for (; j < d; j++) store<f32>(out + (j << 2), load<f32>(x + (j << 2)) * f32x4.extract_lane(w, 0));
    x += d << 2;
    out += d << 2;
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
