import { RandomGenerator } from '@balanced-rec/distributions';
import { describe, expect, test } from 'vitest';
import { encodeScores, type RunRecord, summarize, type VariantComparison } from '../../src/index.js';
import { holmAdjusted } from '../../src/statistics/significance.js';
import { sampleRecords } from '../sample-records.js';

const METRIC = 'recall@20';
const [template] = sampleRecords({ datasets: ['d'], backbones: ['b'], variants: ['plain'], seeds: [1], views: false });

function run(variant: string, seed: number, scores: readonly number[], changes: Partial<RunRecord> = {}): RunRecord {
  const value = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return {
    ...template!,
    id: `${variant}-${seed}-${changes.backbone ?? ''}`,
    variant,
    seed,
    result: { ...template!.result, test: { [METRIC]: value } },
    users: { count: scores.length, values: { [METRIC]: encodeScores(scores) } },
    ...changes,
  };
}

const compared = (records: readonly RunRecord[]): readonly VariantComparison[] =>
  summarize(records).comparisons[METRIC]!;

const random = new RandomGenerator([1, 2, 3, 4]);
/** Recall of users with three items each. */
const recalls = (size: number, level: number) =>
  Array.from({ length: size }, () => [0, 1, 2].filter(() => random.unit() < level).length / 3);

describe('a variant against plain', () => {
  const plain = [1, 2, 3].map((seed) => run('plain', seed, recalls(200, 0.3)));
  const ckd = [1, 2, 3].map((seed) => run('ckd', seed, recalls(200, 0.4)));
  const [comparison] = compared([...plain, ...ckd]);

  test('has the difference of the means, an interval about it, and every user counted once', () => {
    const { plain: from, ckd: to } = summarize([...plain, ...ckd]).tables[METRIC]![0]!.cells;
    expect(comparison!.difference).toBeCloseTo(to!.mean - from!.mean, 6);
    const [low, high] = comparison!.interval;
    expect(low).toBeLessThan(comparison!.difference);
    expect(high).toBeGreaterThan(comparison!.difference);
    expect(comparison!.wins + comparison!.ties + comparison!.losses).toBe(200);
    expect(comparison).toMatchObject({ dataset: 'd', backbone: 'b', variant: 'ckd', users: 200, seeds: [1, 2, 3] });
  });

  test('exchanged with it, differs by sign only', () => {
    const exchanged = compared([
      ...plain.map((record) => ({ ...record, variant: 'ckd' })),
      ...ckd.map((record) => ({ ...record, variant: 'plain' })),
    ])[0]!;
    expect(exchanged.difference).toBe(-comparison!.difference);
    expect(exchanged.effectSize).toBe(-comparison!.effectSize);
    expect(exchanged.p).toBe(comparison!.p);
    expect(exchanged.interval[0]).toBeCloseTo(-comparison!.interval[1], 10);
    expect(exchanged.interval[1]).toBeCloseTo(-comparison!.interval[0], 10);
    expect([exchanged.wins, exchanged.losses]).toEqual([comparison!.losses, comparison!.wins]);
  });

  test('with the same scores is level', () => {
    const scores = recalls(50, 0.3);
    expect(compared([run('plain', 1, scores), run('ckd', 1, scores)])[0]).toMatchObject({
      difference: 0,
      interval: [0, 0],
      p: 1,
      adjusted: 1,
      effectSize: 0,
      wins: 0,
      ties: 50,
      losses: 0,
    });
  });

  test('is level where only rounding of float32 differs', () => {
    const [tie] = compared([
      run('plain', 1, [1 / 3, 0.5]),
      run('plain', 2, [2 / 3, 0.5]),
      run('ckd', 1, [0, 0.25]),
      run('ckd', 2, [1, 1]),
    ]);
    expect(tie).toMatchObject({ wins: 1, ties: 1, losses: 0 });
  });
});

describe('what is compared', () => {
  const scores = [0, 0.5, 1];

  test('every variant but plain, in every dataset and backbone with plain; models without variants are not', () => {
    const records = ['vbpr', 'bm3'].flatMap((backbone) =>
      ['plain', 'ckd', 'only:text'].map((variant) => run(variant, 1, scores, { backbone })),
    );
    const floor = run('popularity', 1, scores, { backbone: 'popularity' });
    expect(compared([...records, floor]).map(({ backbone, variant }) => `${backbone} ${variant}`)).toEqual([
      'bm3 ckd',
      'bm3 only:text',
      'vbpr ckd',
      'vbpr only:text',
    ]);
  });

  test('only the seeds that both were run with', () => {
    const records = [run('plain', 1, [0]), run('plain', 2, [0.5]), run('ckd', 2, [1]), run('ckd', 3, [0])];
    expect(compared(records)[0]).toMatchObject({ seeds: [2], difference: 0.5 });
    expect(compared([run('plain', 1, scores), run('ckd', 2, scores)])).toEqual([]);
  });

  test('only runs on the same data', () => {
    const dataset = { ...template!.dataset, hash: 'other' };
    expect(compared([run('plain', 1, scores), run('ckd', 1, scores, { dataset })])).toEqual([]);
    expect(compared([run('plain', 1, scores), run('ckd', 1, [0, 1])])).toEqual([]);
  });

  test('metrics that users have; one of the list as a whole has no comparison', () => {
    const whole = (record: RunRecord): RunRecord => ({
      ...record,
      result: { ...record.result, test: { ...record.result.test, 'coverage@20': 0.5 } },
    });
    const { comparisons } = summarize([whole(run('plain', 1, scores)), whole(run('ckd', 1, scores))]);
    expect(comparisons['coverage@20']).toEqual([]);
    expect(comparisons[METRIC]).toHaveLength(1);
  });
});

test("Holm's family is all comparisons of one metric", () => {
  const { comparisons } = summarize(sampleRecords());
  for (const family of Object.values(comparisons)) {
    // Two datasets, two backbones, three variants besides plain.
    expect(family).toHaveLength(12);
    expect(family.map(({ adjusted }) => adjusted)).toEqual(holmAdjusted(family.map(({ p }) => p)));
  }
});
