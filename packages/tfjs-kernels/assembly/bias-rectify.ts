import { leaky } from "./elementwise";

/** out[i] = leakyRelu(x[i] + bias + first[i] + second[i]) over n rows of d; an address of 0 stands for no addend. */
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
