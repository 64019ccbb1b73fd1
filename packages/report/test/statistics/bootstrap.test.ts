import { quantile, RandomGenerator } from '@balanced-rec/distributions';
import { describe, expect, test } from 'vitest';
import { bcaInterval, bootstrapIntervals, bootstrapMeans } from '../../src/statistics/bootstrap.js';

/** Survival of seven treated mice, in days: Table 2.1 of Efron & Tibshirani, An Introduction to the Bootstrap (1993). */
const TREATED_MICE = Float64Array.of(94, 197, 16, 38, 99, 141, 23);

/** The data that SciPy's tests hold against `boot.ci` of R's package boot, with a million resamples there. */
const BOOT_EXAMPLE = Float64Array.of(10, 12, 12.5, 12.5, 13.9, 15, 21, 22, 23, 34, 50, 81, 89, 121, 134, 213);

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

function expectWithin(value: number, published: number, share: number): void {
  expect(Math.abs(value / published - 1)).toBeLessThan(share);
}

describe('published examples', () => {
  test('treated mice: standard error 23.36 (Table 2.2), 95% percentile interval 45.9 to 135.4 (Table 13.1)', () => {
    const means = bootstrapMeans([TREATED_MICE])[0]!;
    const deviation = Math.sqrt(mean(means.map((value) => (value - mean(means)) ** 2)));
    // 2,000 resamples know a standard error to about 1.6%.
    expectWithin(deviation, 23.36, 0.05);
    // The ends have standard errors of about 1.4 days here and of 2 days in the book, which has 1,000 resamples.
    const sorted = means.toSorted();
    expect(Math.abs(quantile(sorted, 0.025) - 45.9)).toBeLessThan(3 * Math.hypot(1.4, 2));
    expect(Math.abs(quantile(sorted, 0.975) - 135.4)).toBeLessThan(3 * Math.hypot(1.4, 2));
  });

  test("R's boot: percentile interval 28.86 to 84.21, BCa interval 32.31 to 91.43", () => {
    const random = new RandomGenerator([5, 6, 7, 8]);
    const size = BOOT_EXAMPLE.length;
    const many = Float64Array.from({ length: 200_000 }, () => {
      let sum = 0;
      for (let draw = 0; draw < size; draw++) sum += BOOT_EXAMPLE[random.below(size)]!;
      return sum / size;
    });
    const sorted = many.toSorted();
    expectWithin(quantile(sorted, 0.025), 28.86, 0.005);
    expectWithin(quantile(sorted, 0.975), 84.21, 0.005);
    const [low, high] = bcaInterval(BOOT_EXAMPLE, many);
    expectWithin(low, 32.31, 0.005);
    expectWithin(high, 91.43, 0.005);
    const [ours] = bootstrapIntervals([BOOT_EXAMPLE]);
    expectWithin(ours![0], 32.31, 0.04);
    expectWithin(ours![1], 91.43, 0.04);
  });
});

describe('what holds for any data', () => {
  const random = new RandomGenerator([1, 2, 3, 4]);
  const skewed = (size: number) =>
    Float64Array.from({ length: size }, () => Math.floor(-Math.log(1 - random.unit()) * 64) / 64);

  test('exchanging the two sides mirrors the interval', () => {
    const data = skewed(300);
    const [[low, high], [mirroredLow, mirroredHigh]] = bootstrapIntervals([data, data.map((value) => -value)]) as [
      [number, number],
      [number, number],
    ];
    expect(mirroredLow).toBeCloseTo(-high, 10);
    expect(mirroredHigh).toBeCloseTo(-low, 10);
    expect(low).toBeLessThan(mean(data));
    expect(high).toBeGreaterThan(mean(data));
  });

  test('it is the same at every call and whatever is beside it', () => {
    const [small, large] = [skewed(40), skewed(90)];
    const alone = bootstrapIntervals([large])[0];
    expect(bootstrapIntervals([small, large, skewed(90)])[1]).toEqual(alone);
    expect(bootstrapIntervals([])).toEqual([]);
  });

  test('data without spread has its value as both ends', () => {
    expect(bootstrapIntervals([new Float64Array(5), Float64Array.of(0.25), new Float64Array(9).fill(0.5)])).toEqual([
      [0, 0],
      [0.25, 0.25],
      [0.5, 0.5],
    ]);
  });

  test('one value among zeros has an interval that begins at zero', () => {
    const data = new Float64Array(1000);
    data[7] = 1;
    const [low, high] = bootstrapIntervals([data])[0]!;
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(0.001);
    expect(high).toBeLessThan(0.01);
  });
});

test('of 400 samples of users, about 95% have intervals that hold the true mean', () => {
  const random = new RandomGenerator([9, 10, 11, 12]);
  // As scores differ: most not at all, the others skewed; the mean is 0.4 times that of (2 - 1).
  const user = () => (random.unit() < 0.6 ? 0 : -2 * Math.log(1 - random.unit()) - 1);
  const samples = Array.from({ length: 400 }, () => Float64Array.from({ length: 120 }, user));
  const held = bootstrapIntervals(samples).filter(([low, high]) => low <= 0.4 && 0.4 <= high).length;
  // Three standard errors of 400 chances of 0.95 are 13 samples.
  expect(held).toBeGreaterThanOrEqual(380 - 13);
  expect(held).toBeLessThanOrEqual(380 + 13);
});
