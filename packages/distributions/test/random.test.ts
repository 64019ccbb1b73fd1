import { describe, expect, test } from 'vitest';
import { RandomGenerator, RandomStreams } from '../src/index.js';

/** The authors' xoshiro128starstar.c, transcribed line by line, with 32-bit words as BigInt. */
function* reference(seed: readonly [bigint, bigint, bigint, bigint]): Generator<number> {
  const mask = 0xffffffffn;
  const rotl = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask;
  const s = [...seed];
  for (;;) {
    yield Number((rotl((s[1]! * 5n) & mask, 7n) * 9n) & mask);
    const t = (s[1]! << 9n) & mask;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = rotl(s[3]!, 11n);
  }
}

describe('RandomGenerator', () => {
  test('gives the same first numbers as the reference code from 1, 2, 3, 4', () => {
    const random = new RandomGenerator([1, 2, 3, 4]);
    // As in rand_xoshiro and others, generated with the C code of version 1.1.
    const published = [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ];
    expect(published.map(() => random.uint32())).toEqual(published);
  });

  test.each([
    [1, 2, 3, 4],
    [0xffffffff, 0x80000000, 0x7fffffff, 1],
    [0xdeadbeef, 0, 0xcafebabe, 0x12345678],
  ] as const)('matches the reference code for 10000 numbers from %i, %i, %i, %i', (...seed) => {
    const random = new RandomGenerator(seed);
    const theirs = reference(seed.map(BigInt) as [bigint, bigint, bigint, bigint]);
    for (let k = 0; k < 10_000; k++) expect(random.uint32()).toBe(theirs.next().value);
  });

  test('continues from a saved state', () => {
    const random = new RandomGenerator([9, 8, 7, 6]);
    for (let k = 0; k < 17; k++) random.uint32();
    const { state } = random;
    const expected = Array.from({ length: 20 }, () => random.uint32());
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
    random.state = state;
    expect(expected.map(() => random.uint32())).toEqual(expected);
    const other = new RandomGenerator(state);
    expect(expected.map(() => other.uint32())).toEqual(expected);
  });

  test('fills an array as single draws would, and continues after them', () => {
    const [many, single] = [new RandomGenerator([9, 8, 7, 6]), new RandomGenerator([9, 8, 7, 6])];
    const threshold = 0.3 * 2 ** 32;
    const filled = new Float32Array(1000);
    many.fillWhere(filled, threshold, 2);
    expect([...filled]).toEqual(Array.from(filled, () => (single.uint32() >= threshold ? 2 : 0)));
    expect(new Set(filled)).toEqual(new Set([0, 2]));
    expect(many.uint32()).toBe(single.uint32());
  });

  test.each([2, 3, 10, 97])('below(%i) is uniform', (bound) => {
    const random = new RandomStreams(bound).stream('sampling');
    const draws = 200 * bound;
    const counts = new Array<number>(bound).fill(0);
    for (let k = 0; k < draws; k++) counts[random.below(bound)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
    // Mean bound - 1, variance 2 (bound - 1): four standard deviations above the mean.
    expect(chiSquare).toBeLessThan(bound - 1 + 4 * Math.sqrt(2 * (bound - 1)));
  });

  test('below a bound that does not divide 2^32 favours no half of its range', () => {
    // Without rejection, the lower half of 3 * 2^30 would occur twice as often as it should.
    const random = new RandomStreams(1).stream('sampling');
    const bound = 3 * 2 ** 30;
    let low = 0;
    for (let k = 0; k < 10_000; k++) low += random.below(bound) < 2 ** 30 ? 1 : 0;
    expect(low / 10_000).toBeCloseTo(1 / 3, 1);
  });

  test('below(1) is 0', () => {
    expect(new RandomGenerator([1, 2, 3, 4]).below(1)).toBe(0);
  });

  test('unit is in [0, 1) with mean 1/2 and uses more than 32 bits', () => {
    const random = new RandomStreams(3).stream('init');
    const values = Array.from({ length: 10_000 }, () => random.unit());
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(values.reduce((a, b) => a + b) / values.length).toBeCloseTo(0.5, 1.9);
    expect(values.some((x) => !Number.isInteger(x * 2 ** 32))).toBe(true);
  });

  test('normal has mean 0, standard deviation 1 and the tails of a normal distribution', () => {
    const random = new RandomStreams(4).stream('init');
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((a, b) => a + b) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(deviation - 1)).toBeLessThan(0.03);
    const beyondTwo = values.filter((x) => Math.abs(x) > 2).length / values.length;
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.006);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});

describe('RandomStreams', () => {
  const take = (random: RandomGenerator, count = 8) => Array.from({ length: count }, () => random.uint32());

  test('is reproducible for the same seed, and differs for neighbouring seeds and other purposes', () => {
    const sequences = [1, 2, 3].flatMap((seed) =>
      ['init', 'sampling', 'distillation', 'dropout', 'pruning', 'mine'].map((purpose) =>
        take(new RandomStreams(seed).stream(purpose)).join(),
      ),
    );
    expect(new Set(sequences).size).toBe(sequences.length);
    expect(take(new RandomStreams(1).stream('init')).join()).toBe(sequences[0]);
  });

  test('a purpose is not affected by draws for others', () => {
    const undisturbed = new RandomStreams(5);
    const disturbed = new RandomStreams(5);
    take(disturbed.stream('distillation'), 1000);
    const first = take(disturbed.stream('sampling'), 3);
    take(disturbed.stream('init'), 10);
    const rest = take(disturbed.stream('sampling'), 5);
    expect([...first, ...rest]).toEqual(take(undisturbed.stream('sampling')));
  });

  test('a stream is always the same generator', () => {
    const streams = new RandomStreams(5);
    expect(streams.stream('init')).toBe(streams.stream('init'));
  });

  test('continues from a state saved as JSON, including streams not yet used', () => {
    const streams = new RandomStreams(6);
    take(streams.stream('sampling'), 5);
    take(streams.stream('init'), 3);
    const saved = JSON.parse(JSON.stringify(streams.save()));
    const expected = ['sampling', 'init', 'pruning'].map((purpose) => take(streams.stream(purpose)));
    const resumed = new RandomStreams(6);
    resumed.restore(saved);
    expect(['sampling', 'init', 'pruning'].map((purpose) => take(resumed.stream(purpose)))).toEqual(expected);
  });
});
