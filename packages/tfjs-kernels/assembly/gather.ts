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
