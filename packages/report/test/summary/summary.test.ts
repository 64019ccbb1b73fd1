import { BalancedRecError } from '@balanced-rec/errors';
import { describe, expect, test } from 'vitest';
import {
  describeAgreement,
  describeImprovement,
  describeLoss,
  type RunRecord,
  renderJson,
  summarize,
} from '../../src/index.js';
import { sampleRecords } from '../sample-records.js';

const [template] = sampleRecords({ datasets: ['d'], backbones: ['b'], variants: ['plain'], seeds: [1] });

function run(variant: string, seed: number, recall: number, changes: Partial<RunRecord> = {}): RunRecord {
  const result = { ...template!.result, test: { 'recall@20': recall } };
  return { ...template!, id: `${variant}-${seed}`, variant, seed, result, ...changes };
}

function failure(attempt: () => unknown): BalancedRecError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof BalancedRecError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('the summary', () => {
  const records = [
    run('plain', 1, 0.3),
    run('plain', 2, 0.34),
    run('ckd', 1, 0.33),
    run('ckd', 2, 0.35),
    run('ckd', 3, 0.4),
  ];
  const summary = summarize(records);
  const row = summary.tables['recall@20']![0]!;

  test('means, sample standard deviations and improvements are those computed by hand', () => {
    expect(row.cells.plain!.mean).toBeCloseTo(0.32, 12);
    // Two values 0.04 apart: s = 0.04 / sqrt(2).
    expect(row.cells.plain!.deviation).toBeCloseTo(0.04 / Math.SQRT2, 12);
    expect(row.cells.ckd!.mean).toBeCloseTo(0.36, 12);
    expect(row.cells.ckd!.deviation).toBeCloseTo(Math.sqrt((0.03 ** 2 + 0.01 ** 2 + 0.04 ** 2) / 2), 12);
    expect(row.improvement!.percent).toBeCloseTo(12.5, 10);
    expect(row.improvement!.perSeed.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(row.improvement!.perSeed[0]!.percent).toBeCloseTo(10, 10);
    expect(row.best).toEqual(['ckd']);
  });

  test('says it in words', () => {
    expect(describeImprovement(row.improvement!, 'recall@20')).toBe(
      '+12.5% Recall@20 with CKD (0.3200 → 0.3600, 2 and 3 seeds)',
    );
    expect(describeAgreement(row.improvement!, 'recall@20')).toBe('CKD ahead in 2 of 2 seeds');
    expect(describeLoss(row.improvement!, 'recall@20')).toBeUndefined();
    const worse = summarize([run('plain', 1, 0.5), run('ckd', 1, 0.494)]).tables['recall@20']![0]!.improvement!;
    expect(describeLoss(worse, 'recall@20')).toBe('CKD is 1.2% below plain here.');
    expect(describeLoss(worse, 'popularity@20')).toBeUndefined();
    const level = summarize([run('plain', 1, 0.5), run('ckd', 1, 0.50001)]).tables['recall@20']![0]!.improvement!;
    expect(describeLoss(level, 'recall@20')).toBe('CKD and plain are level here.');
  });

  test('one seed has no deviation, and a plain score of 0 no improvement in percent', () => {
    const single = summarize([run('plain', 7, 0), run('ckd', 7, 0.1)]).tables['recall@20']![0]!;
    expect(single.cells.ckd!.deviation).toBeNull();
    expect(single.improvement!.percent).toBeNull();
    expect(describeAgreement(single.improvement!, 'recall@20')).toBeUndefined();
  });

  test('scores that look the same are best together', () => {
    const tied = summarize([run('plain', 1, 0.12341), run('ckd', 1, 0.12339)]).tables['recall@20']![0]!;
    expect(tied.best).toEqual(['plain', 'ckd']);
  });

  test('the order of the records changes nothing', () => {
    const many = sampleRecords();
    expect(renderJson(summarize([...many].reverse()))).toBe(renderJson(summarize(many)));
  });

  test('JSON reads back and holds no times', () => {
    expect(JSON.parse(renderJson(summary))).toEqual(summary);
    const later = records.map((record) => ({
      ...record,
      times: { ...record.times, startedAt: 'later', wallSeconds: 9e9 },
    }));
    expect(renderJson(summarize(later))).toBe(renderJson(summary));
  });

  test('the gap between teacher and view is measured at the restored epoch', () => {
    const gaps = summarize(sampleRecords({ datasets: ['lfm2k'], backbones: ['vbpr'], seeds: [1] })).gaps['recall@20']!;
    expect(gaps.map(({ variant, modality }) => `${variant} ${modality}`)).toEqual([
      'plain audio',
      'ckd audio',
      'plain text',
      'ckd text',
    ]);
    for (const { teacher, view, gap } of gaps) expect(gap).toBe(teacher - view);
    expect(gaps[1]!.gap).toBeLessThan(gaps[0]!.gap);
  });

  test('variants come as plain, ckd, modalities, others', () => {
    const variants = ['ogm-ge', 'only:text', 'ckd-no-specific', 'ckd', 'only:audio', 'plain'];
    expect(summarize(variants.map((variant) => run(variant, 1, 0.1))).variants).toEqual([
      'plain',
      'ckd',
      'only:audio',
      'only:text',
      'ckd-no-specific',
      'ogm-ge',
    ]);
  });
});

describe('what a reader must know', () => {
  test('runs on other data, by another configuration or engine', () => {
    expect(summarize([run('plain', 1, 0.1), run('ckd', 1, 0.1)]).cautions).toEqual([]);
    const { cautions } = summarize([
      run('plain', 1, 0.1),
      run('ckd', 1, 0.1, { engine: 'native', dataset: { ...template!.dataset, hash: 'other' } }),
    ]);
    expect(cautions).toHaveLength(2);
    expect(cautions.join(' ')).toContain('the same data');
    expect(cautions.join(' ')).toContain('the same engine');
  });

  test('but not that what is not trained has no configuration', () => {
    const result = { ...template!.result, stoppedBy: 'untrained' as const, test: { 'recall@20': 0.1 } };
    const ensemble = run('ensemble', 1, 0.1, { backboneConfig: {}, result });
    expect(summarize([run('plain', 1, 0.1), ensemble]).cautions).toEqual([]);
    const other = run('ckd', 1, 0.1, { backboneConfig: { other: 1 } });
    expect(summarize([run('plain', 1, 0.1), ensemble, other]).cautions).toHaveLength(1);
  });

  test('two runs of the same cell and seed, no run, a metric that was not measured', () => {
    expect(failure(() => summarize([run('ckd', 1, 0.1), run('ckd', 1, 0.2)])).code).toBe('report/duplicate-run');
    expect(failure(() => summarize([])).code).toBe('report/no-runs');
    const error = failure(() => summarize([run('ckd', 1, 0.1)], { metric: 'recal@20' }));
    expect(error.message).toContain("did you mean 'recall@20'?");
  });
});
