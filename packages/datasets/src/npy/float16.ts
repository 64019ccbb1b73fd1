const SIGN = 0x8000;
const WITHOUT_SIGN = 0x7fff;
const FRACTION = 0x03ff;
const SMALLEST_NORMAL = 0x0400;
const INFINITE = 0x7c00;
/** The two formats' exponents differ by 127 - 15, at bit 10. */
const EXPONENT_SHIFT = (127 - 15) << 10;

const bits = new Uint32Array(1);
const value = new Float32Array(bits.buffer);

/** The value of an IEEE 754 half-precision number from its 16 bits. Exact: every half is a float32. */
export function float16Value(half: number): number {
  const magnitude = half & WITHOUT_SIGN;
  const sign = half & SIGN;
  if (magnitude < SMALLEST_NORMAL) return (sign ? -1 : 1) * (magnitude & FRACTION) * 2 ** -24;
  if (magnitude >= INFINITE) return magnitude === INFINITE ? (sign ? -Infinity : Infinity) : Number.NaN;
  bits[0] = (sign << 16) | ((magnitude + EXPONENT_SHIFT) << 13);
  return value[0]!;
}
