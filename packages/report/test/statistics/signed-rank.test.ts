import { RandomGenerator } from '@balanced-rec/distributions';
import { describe, expect, test } from 'vitest';
import { normalP, signedRanks, wilcoxonSignedRank } from '../../src/statistics/signed-rank.js';

const differences = (from: readonly number[], to: readonly number[]) =>
  Float64Array.from(from, (value, at) => to[at]! - value);

/** Hamilton depression scale factor IV at two visits of nine patients: Hollander & Wolfe (1973), p. 29; `?wilcox.test` of R. */
const FIRST_VISIT = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const SECOND_VISIT = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

/** Bortz, Lienert & Boehnke, as S. Grosse gave it to R-help on 25 August 2006: ties and zeros. */
const BORTZ = [
  [9, 14, 8, 11, 14, 10, 8, 14, 12, 14, 13, 9, 15, 12, 9],
  [13, 15, 9, 12, 16, 10, 8, 13, 12, 16, 9, 10, 16, 12, 9],
] as const;

describe('published examples', () => {
  test('depression scale: V = 40, one-sided p = 0.01953', () => {
    const data = differences(SECOND_VISIT, FIRST_VISIT);
    expect(signedRanks(data).positive).toBe(40);
    expect(wilcoxonSignedRank(data).p / 2).toBeCloseTo(0.01953, 5);
  });

  test('depression scale about 1.6: V = 29, p = 0.4961', () => {
    const data = Float64Array.from(FIRST_VISIT, (value) => value - 1.6);
    expect(signedRanks(data).positive).toBe(29);
    expect(wilcoxonSignedRank(data).p).toBeCloseTo(0.4961, 4);
  });

  test("Darwin's plants: p = 0.041259765625 (Cureton, 1967; the documentation of scipy.stats.wilcoxon)", () => {
    const data = Float64Array.of(6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75);
    expect(signedRanks(data).negative).toBe(24);
    expect(wilcoxonSignedRank(data).p).toBeCloseTo(0.041259765625, 12);
  });

  test('ties and zeros: exact p = 0.1367 (exactRankTests), by the normal approximation 0.1436 (R)', () => {
    const data = differences(...BORTZ);
    expect(signedRanks(data).negative).toBe(13);
    expect(wilcoxonSignedRank(data).p).toBeCloseTo(0.1367, 4);
    expect(normalP(signedRanks(data))).toBeCloseTo(0.1436, 4);
  });

  test("rank-biserial correlation 0.60 - 0.40 = 0.20 (Kerby's formula, 2014, on the example of Wikipedia's article on the test)", () => {
    const data = differences(
      [110, 122, 125, 120, 140, 124, 123, 137, 135, 145],
      [125, 115, 130, 140, 140, 115, 140, 125, 140, 135],
    );
    expect(signedRanks(data)).toMatchObject({ positive: 27, negative: 18 });
    expect(wilcoxonSignedRank(data).effectSize).toBeCloseTo(0.2, 12);
  });
});

describe('what holds for any data', () => {
  const random = new RandomGenerator([1, 2, 3, 4]);
  const sample = (size: number) => Float64Array.from({ length: size }, () => Math.round(random.normal() * 3 + 0.5));

  test.each([1, 2, 9, 50, 80, 2000])(
    'exchanging the two sides of %i pairs keeps p and turns the effect around',
    (size) => {
      const data = sample(size);
      const { p, effectSize } = wilcoxonSignedRank(data);
      const mirrored = wilcoxonSignedRank(data.map((difference) => -difference));
      expect(mirrored.p).toBe(p);
      expect(mirrored.effectSize + effectSize).toBe(0);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
    },
  );

  test('no pair that differs: p 1, no effect', () => {
    expect(wilcoxonSignedRank(new Float64Array(7))).toEqual({ p: 1, effectSize: 0 });
    expect(wilcoxonSignedRank(Float64Array.of(-1, 1))).toEqual({ p: 1, effectSize: 0 });
    expect(wilcoxonSignedRank(Float64Array.from({ length: 90 }, (_, k) => (k % 2 ? 1 : -1)))).toEqual({
      p: 1,
      effectSize: 0,
    });
  });

  test('n pairs that all differ one way: p is 2 / 2^n', () => {
    for (const size of [1, 5, 12, 50]) {
      const { p, effectSize } = wilcoxonSignedRank(Float64Array.from({ length: size }, (_, k) => k + 1));
      expect(p).toBeCloseTo(2 ** (1 - size), 15);
      expect(effectSize).toBe(1);
    }
  });

  test('the normal approximation is close to the exact p where the two meet', () => {
    for (let repeat = 0; repeat < 20; repeat++) {
      const data = sample(50);
      expect(Math.abs(normalP(signedRanks(data)) - wilcoxonSignedRank(data).p)).toBeLessThan(0.01);
    }
  });

  test('p values far below the precision of 1 - p are not zero', () => {
    const { p } = wilcoxonSignedRank(Float64Array.from({ length: 500 }, (_, k) => k + 1));
    expect(p).toBeGreaterThan(0);
    expect(p).toBeLessThan(1e-80);
  });
});
