/** The four words of a generator: enough to continue its sequence exactly. */
export type RandomState = readonly [number, number, number, number];

/**
 * xoshiro128** 1.1 (Blackman & Vigna, 2018): 128 bits of state, period 2^128 - 1.
 * The same state gives the same sequence on every engine and machine.
 */
export class RandomGenerator {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(state: RandomState) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  /** Where the sequence stands: four unsigned 32-bit integers, enough to go on from. */
  get state(): RandomState {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#d >>> 0];
  }

  /** Goes on from a state that was read before. */
  set state(state: RandomState) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  /** An integer in [0, 2^32), uniformly. */
  uint32(): number {
    const result = Math.imul(rotateLeft(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotateLeft(this.#d, 11);
    return result;
  }

  /** As many draws of {@link uint32} as `out` has places, which gets `value` where a draw is at least `threshold`, else 0. */
  fillWhere(out: Float32Array, threshold: number, value: number): void {
    // The state in locals: a field written in each of many thousand draws costs more than the draw.
    let [a, b, c, d] = this.state as [number, number, number, number];
    for (let k = 0; k < out.length; k++) {
      const word = Math.imul(b, 5);
      const draw = Math.imul((word << 7) | (word >>> 25), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      out[k] = draw >= threshold ? value : 0;
    }
    this.state = [a, b, c, d];
  }

  /** A number in [0, 1), uniformly, with 53 random bits. */
  unit(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** An integer in [0, bound), uniformly; values that would favour small results are drawn again. */
  below(bound: number): number {
    const limit = 0x100000000 - (0x100000000 % bound);
    let draw = this.uint32();
    while (draw >= limit) draw = this.uint32();
    return draw % bound;
  }

  /** A draw from the standard normal distribution (Box-Muller, one of the pair, so that no spare value is state). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
