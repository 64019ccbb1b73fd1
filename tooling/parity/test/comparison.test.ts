import { describe, expect, test } from 'vitest';
import { Comparison, passes } from '../src/comparison.js';

const of = (fill: (comparison: Comparison) => void) => {
  const comparison = new Comparison();
  fill(comparison);
  return comparison.quantities;
};

describe('Comparison', () => {
  test('measures the norm of the difference relative to the norm of theirs', () => {
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

  test('measures a tensor that is zero up to rounding relative to the largest of its group', () => {
    const [large, zero] = of((c) => c.group('g', 1e-4, { large: [[100], [100]], zero: [[1e-6], [0]] }));
    expect(large!.error).toBe(0);
    expect(zero!.error).toBeCloseTo(1e-5, 12);
  });

  test('measures a group of only zeros absolutely', () => {
    expect(of((c) => c.group('g', 1e-4, { zero: [[0], [0]], off: [[0.5], [0]] })).map(({ error }) => error)).toEqual([
      0, 0.5,
    ]);
  });

  test.each([
    ['one number too few', [1], [1, 2]],
    ['one number too many', [1, 2, 3], [1, 2]],
    ['NaN', [1, Number.NaN], [1, 2]],
    ['infinity', [1, Number.POSITIVE_INFINITY], [1, 2]],
  ])('never passes %s, relative or absolute', (_, ours, theirs) => {
    const quantities = of((c) => {
      c.group('g', 1e30, { x: [ours, theirs] });
      c.absolute('a', 1e30, ours, theirs);
    });
    expect(quantities.map(passes)).toEqual([false, false]);
  });

  test('compares values for equality', () => {
    const quantities = of((c) => {
      c.exact('same', [[1], ['a']], [[1], ['a']]);
      c.exact('other', [[1], ['a']], [[1], ['b']]);
    });
    expect(quantities.map(passes)).toEqual([true, false]);
  });

  test('takes the largest difference in an absolute comparison', () => {
    const [quantity] = of((c) => c.absolute('a', 0.5, [1, 2, 3], [1, 2.5, 3.25]));
    expect(quantity).toEqual({ name: 'a', tolerance: 0.5, error: 0.5 });
    expect(passes(quantity!)).toBe(true);
  });
});
