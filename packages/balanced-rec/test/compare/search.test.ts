import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord, SearchRecord } from '@balanced-rec/report';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { runWell } from '../support/cli.js';
import { edit } from '../support/data.js';
import { expectRefused } from '../support/refused.js';
import { resultOf } from '../support/result.js';

describe('a comparison with a search', () => {
  const yaml = `
datasets: [tiny]
backbones:
  - { name: vbpr, set: { embeddingDim: 4 } }
  - { name: bm3, set: { embeddingDim: 4 }, search: { regWeight: [0.1, 0.01] } }
variants: [plain, ckd, ckd-no-generic, popularity]
seeds: [3, 4]
protocol: { name: mmrec, batchSize: 32, maxEpochs: 3 }
distillation: { pairsPerStep: 20 }
search:
  space:
    backbone: { regWeight: [1.0e-5, 1.0] }
    protocol: { learningRate: [0.001, 0.05] }
    distillation: { kdRatio: [0.001, 10] }
engine: wasm
`;
  let root: string;
  let file: string;
  let found: SearchRecord;
  const out = () => join(root, 'out');
  const recordOf = async (id: string): Promise<RunRecord> =>
    JSON.parse(await readFile(join(out(), 'runs', `${id}.json`), 'utf8'));

  beforeAll(async () => {
    root = await scratchFolder();
    await tinyDataset(root);
    file = await comparisonFile(root, yaml);
    await runWell(['compare', file, '--out', out()]);
    found = JSON.parse(await readFile(join(out(), 'search.json'), 'utf8'));
  });

  test('tries every combination with the first seed, stage by stage', () => {
    expect(
      found.decisions.map(({ backbone, stage, variant, seed, trials }) => [
        backbone,
        stage,
        variant,
        seed,
        trials.length,
      ]),
    ).toEqual([
      ['vbpr', 'backbone', 'plain', 3, 4],
      ['bm3', 'backbone', 'plain', 3, 4],
      ['vbpr', 'distillation', 'ckd', 3, 2],
      ['bm3', 'distillation', 'ckd', 3, 2],
    ]);
    const own = found.decisions[1]!.trials.map(({ values }) => values.backbone!.regWeight);
    expect(own).toEqual([0.1, 0.1, 0.01, 0.01]);
  });

  test('chooses the best validation score, and runs the choice with every seed and variant that uses it', async () => {
    for (const { backbone, stage, trials, chosen, failed } of found.decisions) {
      const best = trials.find(({ number }) => number === chosen)!;
      expect(best.score).toBe(Math.max(...trials.map(({ score }) => score)));
      expect(failed).toEqual([]);
      for (const seed of [3, 4]) {
        for (const variant of ['plain', 'ckd', 'ckd-no-generic', 'only-text']) {
          const { backboneConfig, protocol } = await recordOf(`tiny--${backbone}--${variant}--s${seed}`);
          if (stage === 'backbone') {
            expect(backboneConfig).toMatchObject(best.values.backbone!);
            expect(protocol).toMatchObject(best.values.protocol!);
          } else if (variant.startsWith('ckd')) {
            expect(protocol.distillation).toMatchObject({ ...best.values.distillation, pairsPerStep: 20 });
          }
        }
      }
      // The run with the trial's seed and values is the trial again, now with a test score.
      const again = await recordOf(`tiny--${backbone}--${stage === 'backbone' ? 'plain' : 'ckd'}--s3`);
      expect(again.result.validation['recall@20']).toBe(best.score);
      expect(again.result.bestEpoch).toBe(best.bestEpoch);
    }
  });

  test('stores no test scores in a trial', async () => {
    const trials = filesBelow(join(out(), 'search'));
    expect(trials).toHaveLength(12);
    for (const name of trials) expect(await readFile(join(out(), 'search', name), 'utf8')).not.toMatch(/test/i);
  });

  test('does not search again, and refuses a changed search space', async () => {
    const before = await resultOf(out());
    const { stderr } = await runWell(['compare', file, '--out', out()]);
    expect(stderr).toMatch(/search of backbone options, by plain: 8 runs on engine wasm; 8 finished already and kept/);
    expect(stderr).not.toMatch(/^start /m);
    expect(await resultOf(out())).toEqual(before);
    await edit(file, (text) => text.replace('[0.001, 0.05]', '[0.002, 0.05]'));
    await expectRefused(
      { file, out: out() },
      {
        code: 'comparison/other-settings',
        place: out(),
        expected: 'protocol.learningRate = 0.002',
        found: '0.001',
        remedy: '--out',
      },
    );
  });

  test.each([
    {
      what: 'a range in a grid',
      from: 'kdRatio: [0.001, 10]',
      to: 'kdRatio: { uniform: [0.001, 1] }',
      parts: {
        code: 'search/range-in-grid',
        place: 'distillation > kdRatio',
        expected: 'list',
        found: 'uniform',
        remedy: 'random',
      },
    },
    {
      what: 'an invalid value of an option',
      from: 'kdRatio: [0.001, 10]',
      to: 'kdRatio: [0.001, -1]',
      parts: {
        code: 'config/invalid',
        place: 'distillation > kdRatio',
        expected: '>0',
        found: '-1',
        remedy: 'correct',
      },
    },
    {
      what: 'nothing to choose',
      from: /space:[\s\S]*engine/,
      to: 'space: {}\nengine',
      parts: { code: 'search/no-space', place: 'search', expected: 'space', found: 'none', remedy: 'remove' },
    },
  ])('with $what is refused before anything starts', async ({ from, to, parts }) => {
    const own = yaml.replace(', search: { regWeight: [0.1, 0.01] }', '').replace(from, to);
    const other = await comparisonFile(join(root, 'bad'), own.replace('[tiny]', `[${join(root, 'tiny')}]`));
    await expectRefused({ file: other, out: join(root, 'none') }, parts);
    expect(filesBelow(join(root, 'none'))).toEqual([]);
  });
});
