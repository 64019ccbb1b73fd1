import { BalancedRecError } from '@balanced-rec/errors';
import { memory, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { type Excluded, topKOfProduct } from '../../src/index.ts';
import { activate, describeOnEveryEngine } from '../support/engines.ts';
import { floats, random } from '../support/numbers.ts';

/** Small integers, so that scores are exact and there are many ties. */
function integers(size: number, seed: number): Float32Array {
  return floats(size, seed, 3).map(Math.round);
}

function sorted(users: Float32Array, items: Float32Array, d: number, k: number, excluded?: Excluded) {
  const [n, m] = [users.length / d, items.length / d];
  const ids: number[] = [];
  const scores: number[] = [];
  for (let u = 0; u < n; u++) {
    const out = new Set(excluded?.items.slice(excluded.offsets[u], excluded.offsets[u + 1]));
    const ranking = Array.from({ length: m }, (_, i) => {
      let score = 0;
      for (let j = 0; j < d; j++) score += users[u * d + j]! * items[i * d + j]!;
      return [i, score] as const;
    })
      .filter(([i]) => !out.has(i))
      .sort(([i, a], [j, b]) => b - a || i - j);
    for (let x = 0; x < k; x++) {
      ids.push(ranking[x]?.[0] ?? -1);
      scores.push(ranking[x]?.[1] ?? Number.NEGATIVE_INFINITY);
    }
  }
  return { ids, scores };
}

function exclude(n: number, m: number, share: number): Excluded {
  const next = random(7);
  const offsets = new Int32Array(n + 1);
  const items: number[] = [];
  for (let u = 0; u < n; u++) {
    for (let i = m - 1; i >= 0; i--) if (next() < share) items.push(i);
    offsets[u + 1] = items.length;
  }
  return { offsets, items: Int32Array.from(items) };
}

function run(users: Float32Array, items: Float32Array, d: number, k: number, excluded?: Excluded) {
  const u = tensor2d(users, [users.length / d, d]);
  const i = tensor2d(items, [items.length / d, d]);
  try {
    const { ids, scores } = topKOfProduct({ users: u, items: i, k, excluded });
    return { ids: [...ids], scores: [...scores] };
  } finally {
    u.dispose();
    i.dispose();
  }
}

describeOnEveryEngine('topKOfProduct', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  it.each([
    [1, 1, 1, 1],
    [3, 5, 4, 5],
    [65, 63, 7, 10],
    [130, 203, 5, 50],
    [7, 130, 3, 130],
    [4, 9, 2, 0],
  ])('%i users, %i items, d %i, k %i equals a full sort, with and without exclusions', (n, m, d, k) => {
    const [users, items] = [integers(n * d, 1), integers(m * d, 2)];
    expect(run(users, items, d, k)).toEqual(sorted(users, items, d, k));
    for (const share of [0.3, 0.95, 1]) {
      const excluded = exclude(n, m, share);
      expect(run(users, items, d, k, excluded)).toEqual(sorted(users, items, d, k, excluded));
    }
  });

  it('distinguishes a score of -Infinity from excluded items', () => {
    const result = run(Float32Array.of(1), Float32Array.of(3, Number.NEGATIVE_INFINITY, 2), 1, 3, {
      offsets: Int32Array.of(0, 1),
      items: Int32Array.of(0),
    });
    expect(result).toEqual({ ids: [2, 1, -1], scores: [2, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY] });
  });

  it.each([
    ['k above the number of items', () => run(floats(4, 1), floats(6, 2), 2, 4), 'kernels/invalid-argument'],
    ['invalid offsets', () => run(floats(4, 1), floats(6, 2), 2, 1, exclude(3, 3, 0.5)), 'kernels/invalid-argument'],
    [
      'an excluded item that does not exist',
      () => run(floats(2, 1), floats(6, 2), 2, 1, { offsets: Int32Array.of(0, 1), items: Int32Array.of(3) }),
      'kernels/id-out-of-range',
    ],
    ['NaN', () => run(Float32Array.of(1, 2, Number.NaN, 1), floats(6, 2), 2, 1), 'kernels/not-a-number'],
  ])('refuses %s and leaves nothing behind', (_, call, code) => {
    const before = memory().numTensors;
    expect(call).toThrow(BalancedRecError);
    expect(call).toThrow(expect.objectContaining({ code }));
    expect(memory().numTensors).toBe(before);
  });

  it('leaves no tensor behind', () => {
    const before = memory().numDataBuffers;
    run(floats(20, 1), floats(30, 2), 2, 3, exclude(10, 15, 0.2));
    expect(memory().numDataBuffers).toBe(before);
  });
});
