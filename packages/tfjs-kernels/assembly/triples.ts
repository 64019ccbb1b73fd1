import { dot, sumLanes } from "./lanes";

/** out[k] = <users[u[k]], items[p[k]] - items[n[k]]>. */
export function tripleMargins(users: usize, items: usize, u: usize, p: usize, n: usize, out: usize, count: i32, d: i32): void {
  const stride: usize = d << 2;
  for (let k: usize = 0; k < <usize>count << 2; k += 4) {
    const user = rowOf(users, u + k, stride);
    const positive = rowOf(items, p + k, stride);
    const negative = rowOf(items, n + k, stride);
    let s0 = f32x4.splat(0), s1 = s0;
    let j = 0;
    for (; j + 8 <= d; j += 8) {
      const o = j << 2;
      s0 = f32x4.add(s0, f32x4.mul(v128.load(user + o), f32x4.sub(v128.load(positive + o), v128.load(negative + o))));
      s1 = f32x4.add(
        s1, f32x4.mul(v128.load(user + o, 16), f32x4.sub(v128.load(positive + o, 16), v128.load(negative + o, 16))));
    }
    let s = sumLanes(f32x4.add(s0, s1));
    for (; j < d; j++) {
      const o = j << 2;
      s += load<f32>(user + o) * (load<f32>(positive + o) - load<f32>(negative + o));
    }
    store<f32>(out + k, s);
  }
}

/** out [rows, d] = 0, then out[u[k]] += dy[k] (items[p[k]] - items[n[k]]) in order of k. */
export function tripleMarginsUsersGrad(
  items: usize, dy: usize, u: usize, p: usize, n: usize, out: usize, count: i32, rows: i32, d: i32,
): void {
  const stride: usize = d << 2;
  memory.fill(out, 0, rows * stride);
  for (let k: usize = 0; k < <usize>count << 2; k += 4) {
    const to = rowOf(out, u + k, stride);
    const positive = rowOf(items, p + k, stride);
    const negative = rowOf(items, n + k, stride);
    const w = v128.load_splat<f32>(dy + k);
    let j = 0;
    for (; j + 4 <= d; j += 4) {
      const o = j << 2;
      const change = f32x4.mul(w, f32x4.sub(v128.load(positive + o), v128.load(negative + o)));
      v128.store(to + o, f32x4.add(v128.load(to + o), change));
    }
    for (; j < d; j++) {
      const o = j << 2;
      store<f32>(to + o, load<f32>(to + o) + load<f32>(dy + k) * (load<f32>(positive + o) - load<f32>(negative + o)));
    }
  }
}

/** out [rows, d] = 0, then out[p[k]] += dy[k] users[u[k]] and out[n[k]] -= dy[k] users[u[k]], in order of k. */
export function tripleMarginsItemsGrad(
  users: usize, dy: usize, u: usize, p: usize, n: usize, out: usize, count: i32, rows: i32, d: i32,
): void {
  const stride: usize = d << 2;
  memory.fill(out, 0, rows * stride);
  for (let k: usize = 0; k < <usize>count << 2; k += 4) {
    const user = rowOf(users, u + k, stride);
    const positive = rowOf(out, p + k, stride);
    const negative = rowOf(out, n + k, stride);
    const w = v128.load_splat<f32>(dy + k);
    let j = 0;
    for (; j + 4 <= d; j += 4) {
      const o = j << 2;
      const change = f32x4.mul(w, v128.load(user + o));
      v128.store(positive + o, f32x4.add(v128.load(positive + o), change));
      v128.store(negative + o, f32x4.sub(v128.load(negative + o), change));
    }
    for (; j < d; j++) {
      const o = j << 2;
      const change = load<f32>(dy + k) * load<f32>(user + o);
      store<f32>(positive + o, load<f32>(positive + o) + change);
      store<f32>(negative + o, load<f32>(negative + o) - change);
    }
  }
}

/** The sum over k of |table[ids[k]]|^2. */
export function squaresOfRows(table: usize, ids: usize, count: i32, d: i32): f64 {
  const stride: usize = d << 2;
  let sum: f64 = 0;
  for (let k = 0; k < count; k++) {
    const row = rowOf(table, ids + (k << 2), stride);
    sum += dot(row, row, d);
  }
  return sum;
}

/** out [rows, d] = 0, then out[ids[k]] += factor table[ids[k]]. */
export function squaresOfRowsGrad(table: usize, ids: usize, out: usize, count: i32, rows: i32, d: i32, factor: f32): void {
  const stride: usize = d << 2;
  memory.fill(out, 0, rows * stride);
  const w = f32x4.splat(factor);
  for (let k = 0; k < count; k++) {
    const at = load<i32>(ids + (k << 2)) * stride;
    const row = table + at, to = out + at;
    let j = 0;
    for (; j + 4 <= d; j += 4) {
      const o = j << 2;
      v128.store(to + o, f32x4.add(v128.load(to + o), f32x4.mul(w, v128.load(row + o))));
    }
    for (; j < d; j++) {
      const o = j << 2;
      store<f32>(to + o, load<f32>(to + o) + factor * load<f32>(row + o));
    }
  }
}

/** The address of the row whose number is stored at `id`. */
@inline
function rowOf(table: usize, id: usize, stride: usize): usize {
  return table + load<i32>(id) * stride;
}
