// A bounded heap per row. Its root is the worst candidate kept: lowest score, or the higher id among equal scores.
// The heap lives in the row's output and is sorted there.

@inline
function worse(s: f32, id: i32, t: f32, other: i32): bool {
  return s < t || (s == t && id > other);
}

function siftDown(scores: usize, ids: usize, size: i32, at: i32, s: f32, id: i32): void {
  while (true) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let cs = load<f32>(scores + (child << 2)), ci = load<i32>(ids + (child << 2));
    if (child + 1 < size) {
      const rs = load<f32>(scores + (child << 2), 4), ri = load<i32>(ids + (child << 2), 4);
      if (worse(rs, ri, cs, ci)) {
        child++;
        cs = rs;
        ci = ri;
      }
    }
    if (!worse(cs, ci, s, id)) break;
    store<f32>(scores + (at << 2), cs);
    store<i32>(ids + (at << 2), ci);
    at = child;
  }
  store<f32>(scores + (at << 2), s);
  store<i32>(ids + (at << 2), id);
}

/**
 * The k best items of each row of `scores` [rows, items], which is overwritten. `offsets` and `excluded` list the items to leave
 * out (offsets 0: none). Returns the first row that contains a NaN, or -1.
 */
export function topK(scores: usize, rows: i32, items: i32, k: i32, offsets: usize, excluded: usize, outIds: usize, outScores: usize): i32 {
  for (let r = 0; r < rows; r++) {
    let i = 0;
    let bad = i32x4.splat(0);
    for (; i + 4 <= items; i += 4) {
      const v = v128.load(scores + (i << 2));
      bad = v128.or(bad, f32x4.ne(v, v));
    }
    if (v128.any_true(bad)) return r;
    for (; i < items; i++) if (isNaN<f32>(load<f32>(scores + (i << 2)))) return r;
    if (offsets != 0) {
      const end = load<i32>(offsets + (r << 2), 4);
      for (let e = load<i32>(offsets + (r << 2)); e < end; e++) {
        store<f32>(scores + (load<i32>(excluded + (e << 2)) << 2), NaN as f32);
      }
    }
    let count = 0;
    for (i = 0; i < items && count < k; i++) {
      const s = load<f32>(scores + (i << 2));
      if (isNaN<f32>(s)) continue;
      store<f32>(outScores + (count << 2), s);
      store<i32>(outIds + (count << 2), i);
      count++;
    }
    for (let at = (count >> 1) - 1; at >= 0; at--) {
      siftDown(outScores, outIds, count, at, load<f32>(outScores + (at << 2)), load<i32>(outIds + (at << 2)));
    }
    if (count == k && k > 0) {
      let root = f32x4.splat(load<f32>(outScores));
      while (i < items) {
        if (i + 4 <= items && !v128.any_true(f32x4.gt(v128.load(scores + (i << 2)), root))) {
          i += 4;
          continue;
        }
        const end = min(i + 4, items);
        for (; i < end; i++) {
          const s = load<f32>(scores + (i << 2));
          if (s > load<f32>(outScores)) siftDown(outScores, outIds, k, 0, s, i);
        }
        root = f32x4.splat(load<f32>(outScores));
      }
    }
    for (let size = count - 1; size > 0; size--) {
      const s = load<f32>(outScores + (size << 2)), id = load<i32>(outIds + (size << 2));
      store<f32>(outScores + (size << 2), load<f32>(outScores));
      store<i32>(outIds + (size << 2), load<i32>(outIds));
      siftDown(outScores, outIds, size, 0, s, id);
    }
    for (let x = count; x < k; x++) {
      store<f32>(outScores + (x << 2), -Infinity as f32);
      store<i32>(outIds + (x << 2), -1);
    }
    scores += items << 2;
    outIds += k << 2;
    outScores += k << 2;
  }
  return -1;
}
