import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '@balanced-rec/report';
import { filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CliResult, runCli, runWell } from '../support/cli.js';

describe('train, then evaluate', () => {
  let root: string;
  let data: string;
  let trained: CliResult;
  let record: RunRecord;
  const model = () => join(root, 'out/models/tiny--vbpr--ckd--s3');

  beforeAll(async () => {
    root = await scratchFolder();
    data = await tinyDataset(root);
    const args = ['-b', 'vbpr', '-v', 'ckd', '-s', '3', '-p', 'mmrec', '--max-epochs', '3', '--set', 'embeddingDim=8'];
    trained = await runWell(['train', data, ...args, '--out', join(root, 'out')]);
    record = JSON.parse(await readFile(join(root, 'out/runs/tiny--vbpr--ckd--s3.json'), 'utf8'));
  });

  test('trains the teachers it needs, shows every evaluation, and names the saved model', () => {
    expect(trained.stderr).toMatch(/^tiny\/vbpr\/ckd seed 3 \(teacher only:text\) {2}epoch 3 .*loss \d/m);
    expect(trained.stderr).toMatch(
      /^tiny\/vbpr\/ckd seed 3 {2}epoch 3 .*loss .*val Recall@20 0\.\d{4} \(best 0\.\d{4} at \d\)/m,
    );
    expect(trained.stdout).toContain(`test recall@20 ${record.result.test['recall@20']!.toFixed(4)}`);
    expect(trained.stdout).toContain(`model: ${model()}`);
    expect(filesBelow(join(root, 'out', 'teachers'))).toHaveLength(2);
    expect(record.curve.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(Object.keys(record.curve[0]!.measures)).toEqual(expect.arrayContaining(['weight.image', 'weight.text']));
  });

  test.each(['test', 'validation'] as const)('evaluation reproduces the numbers in the record on %s', async (split) => {
    const keys = ['recall@20', 'ndcg@10', 'map@20', 'ndcg-ckd@20'];
    const args = ['--model', model(), '--split', split, '--metrics', keys.join(','), '--json'];
    const { stdout, stderr } = await runWell(['evaluate', data, ...args]);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(Object.fromEntries(keys.map((key) => [key, record.result[split][key]])));
  });

  test('suggests the right command for a misspelt one', async () => {
    const { code, stderr } = await runCli(['evalute', data]);
    expect(code).not.toBe(0);
    expect(stderr).toContain('Did you mean evaluate?');
  });
});
