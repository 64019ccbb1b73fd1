// exp, log1p and sigmoid without lookup tables: polynomials over a reduced range.

/** exp(x), relative error below 2e-7 for x in [-87.3, 88]; 0 below; NaN stays NaN. */
export function exp4(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(-87.3));
  let r = f32x4.min(f32x4.max(x, f32x4.splat(-87.3)), f32x4.splat(88.3));
  const n = f32x4.nearest(f32x4.mul(r, f32x4.splat(1.44269504088896341)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let y = f32x4.splat(1.9875691500e-4);
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.3981999507e-3));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(8.3334519073e-3));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(4.1665795894e-2));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.6666665459e-1));
  y = f32x4.add(f32x4.mul(y, r), f32x4.splat(5.0000001201e-1));
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(r, r)), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(y, power), tiny);
}

/** log(1 + u) for u in [0, 1], as 2 atanh(u / (2 + u)), which is accurate for small u as well. */
export function log1p4(u: v128): v128 {
  const s = f32x4.div(u, f32x4.add(u, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  let y = f32x4.splat(2.0 / 15.0);
  y = f32x4.add(f32x4.mul(y, z), f32x4.splat(2.0 / 13.0));
  y = f32x4.add(f32x4.mul(y, z), f32x4.splat(2.0 / 11.0));
  y = f32x4.add(f32x4.mul(y, z), f32x4.splat(2.0 / 9.0));
  y = f32x4.add(f32x4.mul(y, z), f32x4.splat(2.0 / 7.0));
  y = f32x4.add(f32x4.mul(y, z), f32x4.splat(2.0 / 5.0));
  y = f32x4.add(f32x4.mul(y, z), f32x4.splat(2.0 / 3.0));
  y = f32x4.mul(y, z);
  return f32x4.add(f32x4.mul(s, f32x4.splat(2)), f32x4.mul(s, y));
}

/** max(x, 0) + log1p(exp(-|x|)), which never overflows. */
export function softplus4(x: v128): v128 {
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), log1p4(exp4(f32x4.neg(f32x4.abs(x)))));
}

/** 1 / (1 + exp(-x)), computed from exp(-|x|), which never overflows. */
export function sigmoid4(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp4(f32x4.neg(f32x4.abs(x)));
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(x, f32x4.splat(0))), f32x4.add(one, e));
}
