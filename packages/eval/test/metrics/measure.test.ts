import { BalancedRecError } from '@balanced-rec/errors';
import type { Interactions } from '@balanced-rec/interactions';
import { describe, expect, test } from 'vitest';
import {
  coverage,
  METRIC_NAMES,
  type MetricName,
  meanPopularity,
  measure,
  parseMetric,
  type RankedLists,
} from '../../src/index.js';

function lists(rows: number[][], users = rows.map((_, row) => row)): RankedLists {
  return { users: Int32Array.from(users), k: rows[0]?.length ?? 1, ids: Int32Array.from(rows.flat()) };
}

function relevant(rows: number[][]): Interactions {
  const offsets = [0];
  for (const row of rows) offsets.push(offsets.at(-1)! + row.length);
  return { offsets: Int32Array.from(offsets), items: Int32Array.from(rows.flat()) };
}

function failure(run: () => unknown): BalancedRecError {
  try {
    run();
  } catch (error) {
    if (error instanceof BalancedRecError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const all = [...METRIC_NAMES];

describe('by hand', () => {
  // Hits at ranks 2 and 4 of 4; three relevant items, one of them not retrieved.
  const { perUser, mean } = measure({
    lists: lists([[5, 1, 6, 2]]),
    relevant: relevant([[1, 2, 9]]),
    metrics: all,
    cutoffs: [1, 2, 4],
  });
  const log2 = Math.log2;

  test.each([
    ['recall@2', 1 / 3],
    ['recall@4', 2 / 3],
    ['precision@2', 1 / 2],
    ['precision@4', 1 / 2],
    ['hit@1', 0],
    ['hit@2', 1],
    ['mrr@1', 0],
    ['mrr@4', 1 / 2],
    ['map@2', 1 / 2 / 2],
    ['map@4', (1 / 2 + 2 / 4) / 3],
    ['ndcg@2', 1 / log2(3) / (1 + 1 / log2(3))],
    ['ndcg@4', (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3) + 1 / log2(4))],
    ['ndcg-ckd@1', 0],
    ['ndcg-ckd@2', 1 / log2(3) / (1 + 1 / log2(3))],
    ['ndcg-ckd@4', (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3))],
  ] as const)('%s = %d', (key, value) => {
    expect(perUser[key]![0]).toBeCloseTo(value, 14);
    expect(mean[key]).toBeCloseTo(value, 14);
  });

  test('a list shorter than k is padded with -1, which is never a hit', () => {
    const { mean: short } = measure({
      lists: lists([[3, -1, -1, -1]]),
      relevant: relevant([[3, 4]]),
      metrics: ['precision', 'recall', 'ndcg'],
      cutoffs: [4],
    });
    expect(short['precision@4']).toBe(0.25);
    expect(short['recall@4']).toBe(0.5);
    expect(short['ndcg@4']).toBeCloseTo(1 / (1 + 1 / log2(3)), 14);
  });

  test('users are looked up by id and keep the order of the lists', () => {
    const { perUser: two, mean: both } = measure({
      lists: lists([[7], [1]], [2, 0]),
      relevant: relevant([[1], [], [8]]),
      metrics: ['hit'],
      cutoffs: [1],
    });
    expect([...two['hit@1']!]).toEqual([0, 1]);
    expect(both['hit@1']).toBe(0.5);
  });

  test('an item that is listed or relevant twice counts once', () => {
    const { mean: twice } = measure({
      lists: lists([[1, 1, 2]]),
      relevant: relevant([[1, 1, 2]]),
      metrics: ['recall'],
      cutoffs: [2, 3],
    });
    expect(twice).toEqual({ 'recall@2': 0.5, 'recall@3': 1 });
  });

  test('coverage and mean popularity', () => {
    const ranked = lists([
      [0, 1, 2],
      [0, 3, -1],
    ]);
    expect(coverage(ranked, 1, 5)).toBe(1 / 5);
    expect(coverage(ranked, 3, 5)).toBe(4 / 5);
    expect(meanPopularity(ranked, 1, [10, 4, 2, 1, 0])).toBe(10);
    expect(meanPopularity(ranked, 3, [10, 4, 2, 1, 0])).toBe((10 + 4 + 2 + 10 + 1) / 5);
  });
});

describe('what is refused', () => {
  const fine = { lists: lists([[1, 2]]), relevant: relevant([[1]]), metrics: ['recall' as const], cutoffs: [1] };

  test('a metric with a slip of the pen, with the nearest name', () => {
    const error = failure(() => measure({ ...fine, metrics: ['recal' as MetricName] }));
    expect(error.code).toBe('metrics/unknown-metric');
    expect(error.message).toContain("did you mean 'recall'?");
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('the cutoff %d', (cutoff) => {
    expect(failure(() => measure({ ...fine, cutoffs: [cutoff] })).code).toBe('metrics/bad-cutoff');
  });

  test('a cutoff beyond the lists', () => {
    expect(failure(() => measure({ ...fine, cutoffs: [3] })).message).toContain('rank at least 3 items');
    expect(failure(() => coverage(fine.lists, 3, 9)).code).toBe('metrics/cutoff-beyond-list');
    expect(failure(() => meanPopularity(fine.lists, 3, [])).code).toBe('metrics/cutoff-beyond-list');
  });

  test('a user without a relevant item, an unknown user, nobody, arrays that do not fit', () => {
    expect(failure(() => measure({ ...fine, relevant: relevant([[]]) })).code).toBe('metrics/no-relevant-items');
    expect(failure(() => measure({ ...fine, lists: lists([[1]], [8]) })).code).toBe('metrics/unknown-user');
    const nobody = { users: new Int32Array(0), k: 1, ids: new Int32Array(0) };
    expect(failure(() => measure({ ...fine, lists: nobody })).code).toBe('metrics/no-users');
    const torn = { users: Int32Array.of(0), k: 2, ids: Int32Array.of(1) };
    expect(failure(() => measure({ ...fine, lists: torn })).code).toBe('metrics/malformed-lists');
  });

  test.each([
    ['recall', 'metrics/malformed-metric', "write 'recall@20'"],
    ['Recall20', 'metrics/malformed-metric', "write 'recall@20'"],
    ['recall@', 'metrics/bad-cutoff', 'at least 1'],
    ['recall@ten', 'metrics/bad-cutoff', 'at least 1'],
    ['recall@-5', 'metrics/bad-cutoff', 'at least 1'],
    ['ndgc@20', 'metrics/unknown-metric', "did you mean 'ndcg'?"],
    ['', 'metrics/malformed-metric', 'recall@20'],
  ])('the text %j', (text, code, says) => {
    const error = failure(() => parseMetric(text, 'metrics[0]'));
    expect(error.code).toBe(code);
    expect(error.message).toContain(says);
    expect(error.message).toContain('metrics[0]');
  });

  test('and what is read', () => {
    expect(parseMetric('recall@20')).toEqual({ name: 'recall', cutoff: 20 });
    expect(parseMetric('ndcg-ckd@5')).toEqual({ name: 'ndcg-ckd', cutoff: 5 });
  });
});

describe('whatever the ranking', () => {
  const cutoffs = [1, 2, 5, 10, 20];

  function* draws(count: number) {
    let state = 20240812;
    const next = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let draw = 0; draw < count; draw++) {
      const items = Array.from({ length: 40 }, (_, item) => item);
      for (let at = items.length - 1; at > 0; at--) {
        const other = next(at + 1);
        [items[at], items[other]] = [items[other]!, items[at]!];
      }
      const wanted = Array.from({ length: 40 }, (_, item) => item).filter(() => next(4) === 0);
      yield { ranking: items.slice(0, 20), wanted: wanted.length > 0 ? wanted : [3] };
    }
  }

  test('every metric is within [0, 1]; recall, hit rate and reciprocal rank never fall as K grows', () => {
    for (const { ranking, wanted } of draws(200)) {
      const { mean } = measure({ lists: lists([ranking]), relevant: relevant([wanted]), metrics: all, cutoffs });
      for (const value of Object.values(mean)) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
      for (const name of ['recall', 'hit', 'mrr'] as const) {
        cutoffs.slice(1).forEach((cutoff, at) => {
          expect(mean[`${name}@${cutoff}`]!).toBeGreaterThanOrEqual(mean[`${name}@${cutoffs[at]!}`]!);
        });
      }
    }
  });

  test('a perfect ranking has NDCG, MAP, MRR and hit rate 1; its mirror image without hits has 0 everywhere', () => {
    for (const { wanted } of draws(50)) {
      const others = Array.from({ length: 40 }, (_, item) => item).filter((item) => !wanted.includes(item));
      const perfect = lists([[...wanted, ...others].slice(0, 20)]);
      const best = measure({ lists: perfect, relevant: relevant([wanted]), metrics: all, cutoffs }).mean;
      for (const k of cutoffs) {
        for (const name of ['ndcg', 'ndcg-ckd', 'map', 'mrr', 'hit'] as const)
          expect(best[`${name}@${k}`]).toBeCloseTo(1, 12);
      }
      const useless = lists([others.slice(0, 10)]);
      const worst = measure({ lists: useless, relevant: relevant([wanted]), metrics: all, cutoffs: [1, 5, 10] }).mean;
      for (const value of Object.values(worst)) expect(value).toBe(0);
    }
  });
});
