/** What a random draw is for. Each purpose has its own sequence, so drawing more for one does not affect the others. */
export type RandomPurpose = 'init' | 'sampling' | 'distillation' | 'dropout' | 'pruning' | (string & {});

/** All randomness of a run: one seed, one generator per purpose. */
export class RandomStreams {
  readonly seed: number;
  readonly #streams = new Map<string, RandomGenerator>();

  constructor(seed: number) {
    this.seed = seed;
  }

  /** The generator for a purpose; always the same instance. */
  stream(purpose: RandomPurpose): RandomGenerator {
    const existing = this.#streams.get(purpose);
    if (existing) return existing;
    const created = new RandomGenerator(seedState(`${this.seed}:${purpose}`));
    this.#streams.set(purpose, created);
    return created;
  }

  /** The state of every stream used so far, for {@link restore}. */
  save(): Record<string, RandomState> {
    return Object.fromEntries([...this.#streams].map(([purpose, generator]) => [purpose, generator.state]));
  }

  /** Continues every saved stream from its saved state. */
  restore(states: Readonly<Record<string, RandomState>>): void {
    for (const [purpose, state] of Object.entries(states)) this.stream(purpose).state = state;
  }
}

/** FNV-1a of the text, expanded by SplitMix32, so that neighbouring seeds start far apart. */
function seedState(text: string): RandomState {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  const next = () => {
    hash = (hash + 0x9e3779b9) | 0;
    let z = hash;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return [next(), next(), next(), next()];
}

/** The four words of a generator's state, enough to continue its sequence exactly. */
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

  /** The current state: four unsigned 32-bit integers, enough to continue the sequence. */
  get state(): RandomState {
    return [this.#a >>> 0, this.#b >>> 0, this.#c >>> 0, this.#d >>> 0];
  }

  /** Continues from a saved state. */
  set state(state: RandomState) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  /** A uniform integer in [0, 2^32). */
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

  /** Draws {@link uint32} once for each element of `out`, and sets it to `value` if the draw is at least `threshold`, else 0. */
  fillWhere(out: Float32Array, threshold: number, value: number): void {
    // Local variables, because writing fields on each of many thousands of draws costs more than the draws.
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

  /** A uniform number in [0, 1) with 53 random bits. */
  unit(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  }

  /** A uniform integer in [0, bound); draws that would favour small results are rejected. */
  below(bound: number): number {
    const limit = 0x100000000 - (0x100000000 % bound);
    let draw = this.uint32();
    while (draw >= limit) draw = this.uint32();
    return draw % bound;
  }

  /** A draw from the standard normal distribution (Box-Muller, using one of the pair so that no spare value is part of the state). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
