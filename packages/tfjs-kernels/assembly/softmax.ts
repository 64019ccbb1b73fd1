import { exp4 } from "./exp";
import { loadLanes, storeLanes } from "./lanes";

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
