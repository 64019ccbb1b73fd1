import { dot } from "./lanes";

/** The position of the first id outside 0..limit-1, or -1. */
export function firstOutOfRange(ids: usize, count: i32, limit: i32): i32 {
  for (let i = 0; i < count; i++) if (load<u32>(ids + (i << 2)) >= <u32>limit) return i;
  return -1;
}

export function gatherRows(table: usize, ids: usize, out: usize, count: i32, d: i32): void {
  const stride: usize = d << 2;
  for (let i = 0; i < count; i++) {
    const from = table + load<i32>(ids + (i << 2)) * stride;
    if (d >= 512) memory.copy(out, from, stride);
    else {
      let j = 0;
      for (; j + 4 <= d; j += 4) v128.store(out + (j << 2), v128.load(from + (j << 2)));
      for (; j < d; j++) store<f32>(out + (j << 2), load<f32>(from + (j << 2)));
    }
    out += stride;
  }
}

/** out[rows, d] = 0, then out[ids[i]] += updates[i] in order of i. Ids outside 0..rows-1 are dropped. */
export function scatterAddRows(updates: usize, ids: usize, out: usize, count: i32, rows: i32, d: i32): void {
  const stride: usize = d << 2;
  memory.fill(out, 0, rows * stride);
  for (let i = 0; i < count; i++) {
    const id = load<u32>(ids + (i << 2));
    if (id < <u32>rows) {
      const to = out + id * stride;
      let j = 0;
      for (; j + 4 <= d; j += 4) {
        v128.store(to + (j << 2), f32x4.add(v128.load(to + (j << 2)), v128.load(updates + (j << 2))));
      }
      for (; j < d; j++) store<f32>(to + (j << 2), load<f32>(to + (j << 2)) + load<f32>(updates + (j << 2)));
    }
    updates += stride;
  }
}

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

/** (dy - x <x, dy> / |x|^2) / |x|, or dy / epsilon where |x| is below epsilon. */
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
