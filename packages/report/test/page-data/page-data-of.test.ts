import { expect, test } from 'vitest';
import { summarize } from '../../src/index.js';
import { pointsOf } from '../../src/page/charts/lines.js';
import { pageDataOf } from '../../src/page-data/page-data-of.js';
import { sampleRecords } from '../sample-records.js';

test('a panel has the weights, contributions and groups that its runs report', () => {
  const records = sampleRecords({ datasets: ['lfm2k'], backbones: ['vbpr'], seeds: [1] });
  const [panel] = pageDataOf(records, summarize(records)).panels;
  const [plain, ckd] = ['plain', 'ckd'].map((variant) => panel!.series.find((one) => one.variant === variant)!);
  const run = records.find(({ variant }) => variant === 'ckd')!;
  const { epoch, distributions, margins } = run.curve[0]!;
  const at = (lines: Parameters<typeof pointsOf>[0], name: string) =>
    pointsOf(lines, name).find((point) => point.epoch === epoch)?.value;
  for (const [k, name] of ['q5', 'q25', 'q50', 'q75', 'q95'].entries())
    expect(at(ckd!.weights.text, name)).toBeCloseTo(distributions!['weight.text']![k]!, 4);
  expect(at(ckd!.contributions, 'text')).toBeCloseTo(margins!.joint! - margins!['without:text']!, 4);
  expect(plain!.weights).toEqual({});
  expect(ckd!.users[0]!.values['recall@20']).toBeCloseTo(run.groups.users[0]!.values['recall@20']!, 5);
  expect(ckd!.items.map(({ label }) => label)).toEqual(['0–4', '5–30', '31–400']);
});

test('every variant has a line style of its own', () => {
  const variants = ['plain', 'ckd', 'only:a', 'only:b', 'ckd-no-specific', 'ckd-no-generic', 'ogm-ge', 'ensemble'];
  const [panel] = pageDataOf(
    sampleRecords({ variants, seeds: [1] }),
    summarize(sampleRecords({ variants, seeds: [1] })),
  ).panels;
  const styles = panel!.series.map(({ mark }) => `${mark.slot} ${mark.dash}`);
  expect(new Set(styles).size).toBe(variants.length);
});
