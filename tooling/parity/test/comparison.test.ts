import { describe, expect, test } from 'vitest';
import { Comparison, passes } from '../src/comparison.js';

const of = (fill: (comparison: Comparison) => void) => {
  const comparison = new Comparison();
  fill(comparison);
  return comparison.quantities;
};

describe('Comparison', () => {
  test('measures by norms, relative to theirs', () => {
    const [quantity] = of((c) =>
      c.group('gradient', 1e-4, {
        x: [
          [3, 4.5],
          [3, 4],
        ],
      }),
    );
    expect(quantity).toEqual({ name: 'gradient x', tolerance: 1e-4, error: 0.1 });
    expect(passes(quantity!)).toBe(false);
  });

  test('measures what is zero but for rounding against the largest of its group', () => {
    const [large, zero] = of((c) => c.group('g', 1e-4, { large: [[100], [100]], zero: [[1e-6], [0]] }));
    expect(large!.error).toBe(0);
    expect(zero!.error).toBeCloseTo(1e-5, 12);
  });

  test('a whole group of zeros is measured as it is', () => {
    expect(of((c) => c.group('g', 1e-4, { zero: [[0], [0]], off: [[0.5], [0]] })).map(({ error }) => error)).toEqual([
      0, 0.5,
    ]);
  });

  test.each([
    ['a number too few', [1], [1, 2]],
    ['a number too many', [1, 2, 3], [1, 2]],
    ['NaN', [1, Number.NaN], [1, 2]],
    ['infinity', [1, Number.POSITIVE_INFINITY], [1, 2]],
  ])('%s never passes, relative or absolute', (_, ours, theirs) => {
    const quantities = of((c) => {
      c.group('g', 1e30, { x: [ours, theirs] });
      c.absolute('a', 1e30, ours, theirs);
    });
    expect(quantities.map(passes)).toEqual([false, false]);
  });

  test('compares what is equal or not', () => {
    const quantities = of((c) => {
      c.exact('same', [[1], ['a']], [[1], ['a']]);
      c.exact('other', [[1], ['a']], [[1], ['b']]);
    });
    expect(quantities.map(passes)).toEqual([true, false]);
  });

  test('takes the largest difference where it compares absolutely', () => {
    const [quantity] = of((c) => c.absolute('a', 0.5, [1, 2, 3], [1, 2.5, 3.25]));
    expect(quantity).toEqual({ name: 'a', tolerance: 0.5, error: 0.5 });
    expect(passes(quantity!)).toBe(true);
  });
});
