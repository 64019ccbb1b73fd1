import { exp4 } from "./exp";
import { dot, loadLanes, storeLanes } from "./lanes";

/** out[r] = sum over the entries e of row r of values[e] dense[columns[e]]. */
export function csrMatMul(offsets: usize, columns: usize, values: usize, dense: usize, out: usize, rows: i32, d: i32): void {
  const stride: usize = d << 2;
  for (let r = 0; r < rows; r++) {
    const start = load<i32>(offsets + (r << 2)), end = load<i32>(offsets + (r << 2), 4);
    let j = 0;
    for (; j + 32 <= d; j += 32) {
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
      const base = dense + (j << 2);
      for (let e = start; e < end; e++) {
        const v = v128.load_splat<f32>(values + (e << 2));
        const p = base + load<i32>(columns + (e << 2)) * stride;
        s0 = f32x4.add(s0, f32x4.mul(v, v128.load(p)));
        s1 = f32x4.add(s1, f32x4.mul(v, v128.load(p, 16)));
        s2 = f32x4.add(s2, f32x4.mul(v, v128.load(p, 32)));
        s3 = f32x4.add(s3, f32x4.mul(v, v128.load(p, 48)));
        s4 = f32x4.add(s4, f32x4.mul(v, v128.load(p, 64)));
        s5 = f32x4.add(s5, f32x4.mul(v, v128.load(p, 80)));
        s6 = f32x4.add(s6, f32x4.mul(v, v128.load(p, 96)));
        s7 = f32x4.add(s7, f32x4.mul(v, v128.load(p, 112)));
      }
      const o = out + (j << 2);
      v128.store(o, s0); v128.store(o, s1, 16); v128.store(o, s2, 32); v128.store(o, s3, 48);
      v128.store(o, s4, 64); v128.store(o, s5, 80); v128.store(o, s6, 96); v128.store(o, s7, 112);
    }
    for (; j + 4 <= d; j += 4) {
      let s = f32x4.splat(0);
      for (let e = start; e < end; e++) {
        const p = dense + load<i32>(columns + (e << 2)) * stride + (j << 2);
        s = f32x4.add(s, f32x4.mul(v128.load_splat<f32>(values + (e << 2)), v128.load(p)));
      }
      v128.store(out + (j << 2), s);
    }
    for (; j < d; j++) {
      let s: f32 = 0;
      for (let e = start; e < end; e++) {
        s += load<f32>(values + (e << 2)) * load<f32>(dense + load<i32>(columns + (e << 2)) * stride + (j << 2));
      }
      store<f32>(out + (j << 2), s);
    }
    out += stride;
  }
}

/** out[e] = <a[row of e], b[columns[e]]>. */
export function sampledMatMul(offsets: usize, columns: usize, a: usize, b: usize, out: usize, rows: i32, d: i32): void {
  const stride: usize = d << 2;
  for (let r = 0; r < rows; r++) {
    const start = load<i32>(offsets + (r << 2)), end = load<i32>(offsets + (r << 2), 4);
    for (let e = start; e < end; e++) {
      store<f32>(out + (e << 2), dot(a, b + load<i32>(columns + (e << 2)) * stride, d));
    }
    a += stride;
  }
}

/** Softmax over the entries of each row, with the row's maximum subtracted first. */
export function segmentSoftmax(offsets: usize, x: usize, out: usize, rows: i32): void {
  for (let r = 0; r < rows; r++) {
    const start = load<i32>(offsets + (r << 2)), end = load<i32>(offsets + (r << 2), 4);
    let top = -Infinity as f32;
    for (let e = start; e < end; e++) top = max(top, load<f32>(x + (e << 2)));
    const shift = f32x4.splat(top);
    let e = start;
    for (; e + 4 <= end; e += 4) v128.store(out + (e << 2), exp4(f32x4.sub(v128.load(x + (e << 2)), shift)));
    if (e < end) storeLanes(out + (e << 2), exp4(f32x4.sub(loadLanes(x + (e << 2), end - e), shift)), end - e);
    let sum: f32 = 0;
    for (e = start; e < end; e++) sum += load<f32>(out + (e << 2));
    for (e = start; e < end; e++) store<f32>(out + (e << 2), load<f32>(out + (e << 2)) / sum);
  }
}

/** y (dy - sum over the row of y dy). */
export function segmentSoftmaxGrad(offsets: usize, y: usize, dy: usize, out: usize, rows: i32): void {
  for (let r = 0; r < rows; r++) {
    const start = load<i32>(offsets + (r << 2)), end = load<i32>(offsets + (r << 2), 4);
    let sum: f32 = 0;
    for (let e = start; e < end; e++) sum += load<f32>(y + (e << 2)) * load<f32>(dy + (e << 2));
    for (let e = start; e < end; e++) {
      store<f32>(out + (e << 2), load<f32>(y + (e << 2)) * (load<f32>(dy + (e << 2)) - sum));
    }
  }
}

/** out[r] = sum over the entries e of row r of x[e], each of d floats. */
export function segmentSum(offsets: usize, x: usize, out: usize, rows: i32, d: i32): void {
  const stride: usize = d << 2;
  for (let r = 0; r < rows; r++) {
    const start = load<i32>(offsets + (r << 2)), end = load<i32>(offsets + (r << 2), 4);
    let j = 0;
    for (; j + 4 <= d; j += 4) {
      let s = f32x4.splat(0);
      for (let e = start; e < end; e++) s = f32x4.add(s, v128.load(x + e * stride + (j << 2)));
      v128.store(out + (j << 2), s);
    }
    for (; j < d; j++) {
      let s: f32 = 0;
      for (let e = start; e < end; e++) s += load<f32>(x + e * stride + (j << 2));
      store<f32>(out + (j << 2), s);
    }
    out += stride;
  }
}
