/**
 * A seeded generator (sfc32, from Chris Doty-Humphrey's PractRand) with a separate stream per purpose, so that a change to how
 * features are drawn does not change the interactions. It uses only integer operations, + and *, so every engine and version
 * gives the same numbers; Math.log and Math.cos do not guarantee that.
 */
export class RandomSource {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, purpose: string) {
    this.#a = seed >>> 0;
    this.#b = Math.floor(seed / 2 ** 32) >>> 0;
    this.#c = hashText(purpose);
    for (let n = 0; n < 15; n++) this.#next();
  }

  /** From 0 (inclusive) to 1 (exclusive), in steps of 2^-32. */
  uniform(): number {
    return this.#next() / 2 ** 32;
  }

  /** A whole number from 0 to `limit - 1`. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  /** Mean 0, variance 1, close to normal: the sum of twelve uniform numbers, minus six. */
  normal(): number {
    let sum = -6;
    for (let n = 0; n < 12; n++) sum += this.uniform();
    return sum;
  }

  normals(count: number): Float64Array {
    return this.fillNormals(new Float64Array(count));
  }

  /** Fills `values` with draws of {@link normal}. */
  fillNormals(values: Float64Array): Float64Array {
    // The state is kept in locals, because for a billion draws, writing fields would take most of the time. The sums are the
    // same, since all of them are exact.
    let [a, b, c, counter] = [this.#a, this.#b, this.#c, this.#counter];
    for (let n = 0; n < values.length; n++) {
      let sum = 0;
      for (let draw = 0; draw < 12; draw++) {
        const result = (a + b + counter++) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = (((c << 21) | (c >>> 11)) + result) | 0;
        sum += result >>> 0;
      }
      values[n] = sum / 2 ** 32 - 6;
    }
    [this.#a, this.#b, this.#c, this.#counter] = [a, b, c, counter];
    return values;
  }

  /** Continues as if `count` normal numbers had been drawn. */
  skipNormals(count: number): void {
    for (let n = 0; n < 12 * count; n++) this.#next();
  }

  /** Shuffles in place (Fisher-Yates). */
  shuffle(values: Int32Array): Int32Array {
    for (let n = values.length - 1; n > 0; n--) {
      const other = this.below(n + 1);
      const kept = values[n]!;
      values[n] = values[other]!;
      values[other] = kept;
    }
    return values;
  }

  #next(): number {
    const result = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }
}

/** FNV-1a. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
