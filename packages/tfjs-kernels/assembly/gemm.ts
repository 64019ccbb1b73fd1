// C[m,n] = op(A) op(B), row-major. B is packed in panels of 8 columns; k and n are split into blocks that stay in cache.
// Every sum runs over k in order regardless of the blocks, so each result depends only on its row and column.

const KB: i32 = 256;
const NB: i32 = 256;

export function gemmScratchBytes(): i32 {
  return (KB * NB + 32) << 2;
}

/** Copies `row` (n floats) into each of the m rows of c. */
export function fillRows(c: usize, row: usize, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) {
    memory.copy(c, row, n << 2);
    c += n << 2;
  }
}

function pack(b: usize, ldb: usize, kl: i32, nl: i32, panels: usize): void {
  let j = 0;
  for (; j + 8 <= nl; j += 8) {
    let from = b + (j << 2);
    for (let q = 0; q < kl; q++) {
      v128.store(panels, v128.load(from));
      v128.store(panels, v128.load(from, 16), 16);
      from += ldb;
      panels += 32;
    }
  }
  if (j < nl) {
    let from = b + (j << 2);
    const width = nl - j;
    for (let q = 0; q < kl; q++) {
      for (let x = 0; x < 8; x++) store<f32>(panels + (x << 2), x < width ? load<f32>(from + (x << 2)) : 0);
      from += ldb;
      panels += 32;
    }
  }
}

function packTransposed(b: usize, ldb: usize, kl: i32, nl: i32, panels: usize): void {
  const panelBytes: usize = kl << 5;
  for (let j = 0; j < nl; j += 4) {
    let to = panels + (j >> 3) * panelBytes + ((j & 4) << 2);
    const p0 = b + j * ldb, p1 = p0 + ldb, p2 = p1 + ldb, p3 = p2 + ldb;
    let q = 0;
    if (j + 4 <= nl) {
      for (; q + 4 <= kl; q += 4) {
        const o: usize = q << 2;
        const r0 = v128.load(p0 + o), r1 = v128.load(p1 + o), r2 = v128.load(p2 + o), r3 = v128.load(p3 + o);
        const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
        const t2 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7), t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
        v128.store(to, v128.shuffle<f32>(t0, t1, 0, 1, 4, 5));
        v128.store(to, v128.shuffle<f32>(t0, t1, 2, 3, 6, 7), 32);
        v128.store(to, v128.shuffle<f32>(t2, t3, 0, 1, 4, 5), 64);
        v128.store(to, v128.shuffle<f32>(t2, t3, 2, 3, 6, 7), 96);
        to += 128;
      }
    }
    for (; q < kl; q++) {
      for (let x = 0; x < 4; x++) store<f32>(to + (x << 2), j + x < nl ? load<f32>(b + (j + x) * ldb + (q << 2)) : 0);
      to += 32;
    }
  }
  // Zeros the second half of the last panel if none of its columns exist.
  if (((nl - 1) & 7) < 4) {
    let to = panels + ((nl - 1) >> 3) * panelBytes + 16;
    for (let q = 0; q < kl; q++) {
      v128.store(to, f32x4.splat(0));
      to += 32;
    }
  }
}

/** Four rows of A, `lda` bytes apart, times one panel. */
function fourRows(a: usize, lda: usize, panel: usize, kl: i32, c: usize, ldc: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const d1 = c + ldc, d2 = d1 + ldc, d3 = d2 + ldc;
  if (accumulate) {
    c00 = v128.load(c); c01 = v128.load(c, 16); c10 = v128.load(d1); c11 = v128.load(d1, 16);
    c20 = v128.load(d2); c21 = v128.load(d2, 16); c30 = v128.load(d3); c31 = v128.load(d3, 16);
  }
  const a1 = a + lda, a2 = a1 + lda, a3 = a2 + lda;
  const end: usize = kl << 2;
  for (let o: usize = 0; o < end; o += 4) {
    const b0 = v128.load(panel), b1 = v128.load(panel, 16);
    panel += 32;
    const x0 = v128.load_splat<f32>(a + o);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0)); c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load_splat<f32>(a1 + o);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0)); c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load_splat<f32>(a2 + o);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0)); c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    const x3 = v128.load_splat<f32>(a3 + o);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0)); c31 = f32x4.add(c31, f32x4.mul(x3, b1));
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(d1, c10); v128.store(d1, c11, 16);
  v128.store(d2, c20); v128.store(d2, c21, 16); v128.store(d3, c30); v128.store(d3, c31, 16);
}

/** Four adjacent columns of A, whose rows are `lda` bytes apart, times one panel. */
function fourColumns(a: usize, lda: usize, panel: usize, kl: i32, c: usize, ldc: usize, accumulate: bool): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const d1 = c + ldc, d2 = d1 + ldc, d3 = d2 + ldc;
  if (accumulate) {
    c00 = v128.load(c); c01 = v128.load(c, 16); c10 = v128.load(d1); c11 = v128.load(d1, 16);
    c20 = v128.load(d2); c21 = v128.load(d2, 16); c30 = v128.load(d3); c31 = v128.load(d3, 16);
  }
  for (let q = 0; q < kl; q++) {
    const b0 = v128.load(panel), b1 = v128.load(panel, 16);
    panel += 32;
    const x0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(x0, b0)); c01 = f32x4.add(c01, f32x4.mul(x0, b1));
    const x1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x1, b0)); c11 = f32x4.add(c11, f32x4.mul(x1, b1));
    const x2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x2, b0)); c21 = f32x4.add(c21, f32x4.mul(x2, b1));
    const x3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x3, b0)); c31 = f32x4.add(c31, f32x4.mul(x3, b1));
    a += lda;
  }
  v128.store(c, c00); v128.store(c, c01, 16); v128.store(d1, c10); v128.store(d1, c11, 16);
  v128.store(d2, c20); v128.store(d2, c21, 16); v128.store(d3, c30); v128.store(d3, c31, 16);
}

/** One row of op(A), its values `step` bytes apart, times one panel. */
function oneRow(a: usize, step: usize, panel: usize, kl: i32, c: usize, accumulate: bool): void {
  let c0 = f32x4.splat(0), c1 = c0;
  if (accumulate) {
    c0 = v128.load(c); c1 = v128.load(c, 16);
  }
  for (let q = 0; q < kl; q++) {
    const x = v128.load_splat<f32>(a);
    c0 = f32x4.add(c0, f32x4.mul(x, v128.load(panel))); c1 = f32x4.add(c1, f32x4.mul(x, v128.load(panel, 16)));
    panel += 32;
    a += step;
  }
  v128.store(c, c0); v128.store(c, c1, 16);
}

function copyTile(from: usize, fromStride: usize, to: usize, toStride: usize, rows: i32, width: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let x = 0; x < width; x++) store<f32>(to + (x << 2), load<f32>(from + (x << 2)));
    from += fromStride;
    to += toStride;
  }
}

export function gemm(
  a: usize, b: usize, c: usize, m: i32, k: i32, n: i32,
  transposeA: bool, transposeB: bool, accumulate: bool, scratch: usize,
): void {
  if (m <= 0 || n <= 0) return;
  const ldc: usize = n << 2;
  if (k <= 0) {
    if (!accumulate) memory.fill(c, 0, m * ldc);
    return;
  }
  const lda: usize = (transposeA ? m : k) << 2;
  const ldb: usize = (transposeB ? k : n) << 2;
  const tile = scratch + ((KB * NB) << 2);
  for (let k0 = 0; k0 < k; k0 += KB) {
    const kl = min(KB, k - k0);
    const add = accumulate || k0 > 0;
    const ak = transposeA ? a + k0 * lda : a + (k0 << 2);
    for (let j0 = 0; j0 < n; j0 += NB) {
      const nl = min(NB, n - j0);
      if (transposeB) packTransposed(b + j0 * ldb + (k0 << 2), ldb, kl, nl, scratch);
      else pack(b + k0 * ldb + (j0 << 2), ldb, kl, nl, scratch);
      let i = 0;
      for (; i + 4 <= m; i += 4) {
        const ai = transposeA ? ak + (i << 2) : ak + i * lda;
        let panel = scratch;
        let ci = c + i * ldc + (j0 << 2);
        for (let j = 0; j < nl; j += 8) {
          if (nl - j >= 8) {
            if (transposeA) fourColumns(ai, lda, panel, kl, ci, ldc, add);
            else fourRows(ai, lda, panel, kl, ci, ldc, add);
          } else {
            if (add) copyTile(ci, ldc, tile, 32, 4, nl - j);
            if (transposeA) fourColumns(ai, lda, panel, kl, tile, 32, add);
            else fourRows(ai, lda, panel, kl, tile, 32, add);
            copyTile(tile, 32, ci, ldc, 4, nl - j);
          }
          ci += 32;
          panel += kl << 5;
        }
      }
      for (; i < m; i++) {
        const ai = transposeA ? ak + (i << 2) : ak + i * lda;
        const step: usize = transposeA ? lda : 4;
        let panel = scratch;
        let ci = c + i * ldc + (j0 << 2);
        for (let j = 0; j < nl; j += 8) {
          if (nl - j >= 8) oneRow(ai, step, panel, kl, ci, add);
          else {
            if (add) copyTile(ci, ldc, tile, 32, 1, nl - j);
            oneRow(ai, step, panel, kl, tile, add);
            copyTile(tile, 32, ci, ldc, 1, nl - j);
          }
          ci += 32;
          panel += kl << 5;
        }
      }
    }
  }
}
