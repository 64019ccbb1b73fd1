import { join } from 'node:path';
import { filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, runCli, runWell } from '../support/cli.js';

describe('a dataset with too few items to train on', () => {
  let root: string;
  let data: string;
  const small = ['-b', 'vbpr', '-v', 'plain', '-p', 'mmrec', '--max-epochs', '1', '-e', 'wasm'];

  beforeAll(async () => {
    root = await scratchFolder();
    data = await tinyDataset(root, { itemCount: 19 });
  });

  test.each([
    ['check', () => ['check', data]],
    ['train', () => ['train', data, ...small, '--out', join(root, 'out')]],
  ])('%s says what is needed', async (_, args) => {
    const result = await runCli(args());
    expectOneError(result, {
      ...{ code: 'dataset/too-few-items', place: 'dataset tiny', expected: 'at least 20 items', found: '19' },
      remedy: 'more items',
    });
    expect(result.stdout).not.toContain('no problems');
    expect(filesBelow(join(root, 'out'))).toEqual([]);
  });

  test('check --json lists it with the findings', async () => {
    const { code, stdout } = await runCli(['check', data, '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, findings: [{ code: 'items/too-few', count: 19 }] });
  });

  test('with one item more, check accepts it with a warning, and it can be trained on', async () => {
    const enough = await tinyDataset(root, { name: 'enough', itemCount: 20 });
    const { stdout } = await runWell(['check', enough]);
    expect(stdout).toMatch(/^WARNING: 40 of 40 evaluated users with at most 20 items to rank/m);
    expect(stdout).toMatch(/^strength of each modality: not measured \(with 20 items/m);
    await runWell(['train', enough, ...small, '--out', join(root, 'enough-out')]);
  });
});
