/**
 * Rows of b are processed in panels that stay in the processor's cache (128 KiB) while all rows of a are multiplied with them.
 */
const PANEL_VALUES = 2 ** 15;

/**
 * Computes `result[i * bCount + j] = <row i of a, row j of b>` for all i and j: a times b transposed, with rows of `width`
 * values. It handles four rows of each at a time, so that each loaded value is used in four products. That is three times as
 * fast as the plain loop in V8.
 */
export function multiplyRows(
  a: Float32Array,
  aCount: number,
  b: Float32Array,
  bCount: number,
  width: number,
  result: Float32Array,
): void {
  const aEnd = aCount - (aCount % 4);
  const bEnd = bCount - (bCount % 4);
  const panel = Math.max(4, 4 * Math.floor(PANEL_VALUES / (4 * width)));
  for (let start = 0; start < bEnd; start += panel) {
    const end = Math.min(start + panel, bEnd);
    for (let i = 0; i < aEnd; i += 4) {
      for (let j = start; j < end; j += 4) multiplyTile(a, i, b, j, bCount, width, result);
    }
  }
  multiplyRest(a, 0, aEnd, b, bEnd, bCount, width, result);
  multiplyRest(a, aEnd, aCount, b, 0, bCount, width, result);
}

function multiplyTile(
  a: Float32Array,
  i: number,
  b: Float32Array,
  j: number,
  bCount: number,
  width: number,
  result: Float32Array,
): void {
  // Destructuring here would halve the speed.
  const a0 = i * width;
  const a1 = a0 + width;
  const a2 = a1 + width;
  const a3 = a2 + width;
  const b0 = j * width;
  const b1 = b0 + width;
  const b2 = b1 + width;
  const b3 = b2 + width;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  for (let k = 0; k < width; k++) {
    const x0 = a[a0 + k]!;
    const x1 = a[a1 + k]!;
    const x2 = a[a2 + k]!;
    const x3 = a[a3 + k]!;
    const y0 = b[b0 + k]!;
    const y1 = b[b1 + k]!;
    const y2 = b[b2 + k]!;
    const y3 = b[b3 + k]!;
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3;
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3;
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
    s23 += x2 * y3;
    s30 += x3 * y0;
    s31 += x3 * y1;
    s32 += x3 * y2;
    s33 += x3 * y3;
  }
  let at = i * bCount + j;
  result[at] = s00;
  result[at + 1] = s01;
  result[at + 2] = s02;
  result[at + 3] = s03;
  at += bCount;
  result[at] = s10;
  result[at + 1] = s11;
  result[at + 2] = s12;
  result[at + 3] = s13;
  at += bCount;
  result[at] = s20;
  result[at + 1] = s21;
  result[at + 2] = s22;
  result[at + 3] = s23;
  at += bCount;
  result[at] = s30;
  result[at + 1] = s31;
  result[at + 2] = s32;
  result[at + 3] = s33;
}

function multiplyRest(
  a: Float32Array,
  aStart: number,
  aEnd: number,
  b: Float32Array,
  bStart: number,
  bCount: number,
  width: number,
  result: Float32Array,
): void {
  for (let i = aStart; i < aEnd; i++) {
    for (let j = bStart; j < bCount; j++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += a[i * width + k]! * b[j * width + k]!;
      result[i * bCount + j] = sum;
    }
  }
}
